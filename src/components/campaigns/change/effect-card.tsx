'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Calendar } from '@/components/ui/data/calendar'
import { DefinitionList } from '@/components/ui/data/definition-list'
import { formatOf } from '@/components/ui/numbers'
import { api } from '@/trpc/react'
import type { CampaignDetails, ChangeEffect } from '../api-types'
import { forecastDays } from '../editor/steps/forecast-days'
import { effectDays, effectLines } from './effect-text'

/** What a change would do: in numbers, and on the calendar as it is planned now and as it would be. */
export function EffectCard({ effect, campaign }: { effect: ChangeEffect; campaign: CampaignDetails }) {
  const { data } = api.mailboxes.list.useQuery()
  const mailboxes = (data ?? []).filter(({ id }) => campaign.mailboxes.some((own) => own.id === id))
  const { before, after, steps, later } = effectDays(effect)
  const series = steps.map((step) => `Step ${step}`)
  return (
    <Card aria-labelledby="effect">
      <CardHeader id="effect" title="What happens" aside={effect.timezone} />
      <DefinitionList items={effectLines(effect)} />
      {after.length > 0 && (
        <div className="border-t">
          <h3 className="px-[18px] pt-3 font-semibold text-control">With the change</h3>
          <Calendar
            label="Planned emails by day, with the change"
            days={forecastDays(after, steps, mailboxes)}
            series={series}
          />
          <h3 className="border-t px-[18px] pt-3 font-semibold text-control">As planned now</h3>
          <Calendar
            label="Planned emails by day, as planned now"
            days={forecastDays(before, steps, mailboxes)}
            series={series}
          />
          {later > 0 && (
            <CardBody className="border-t pt-3 text-caption text-ink-3">
              {formatOf(later, 'more email is', 'more emails are')} planned for later days, which are not shown.
            </CardBody>
          )}
        </div>
      )}
    </Card>
  )
}
