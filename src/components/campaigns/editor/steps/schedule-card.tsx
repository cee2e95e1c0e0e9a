'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { Draft } from '../draft/use-draft'
import { CampaignZoneField, DailyLimitField, StartChoice } from './schedule-fields'

/** When an outreach campaign starts, in which zone its days are counted, and its own limit. */
export function ScheduleCard({
  draft,
  start,
  onStartChange,
}: {
  draft: Draft
  /** Local time in the campaign's zone; null: at once. */
  start: string | null
  onStartChange: (start: string | null) => void
}) {
  return (
    <Card>
      <CardHeader title="Schedule" />
      <CardBody className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <CampaignZoneField draft={draft} />
          <DailyLimitField draft={draft} />
        </div>
        <StartChoice
          zone={draft.values.timezone}
          start={start}
          onStartChange={onStartChange}
          soon="The first email leaves at once if the sending window is open, else when it opens"
        />
      </CardBody>
    </Card>
  )
}
