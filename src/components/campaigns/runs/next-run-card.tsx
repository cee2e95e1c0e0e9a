'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { type Definition, DefinitionList } from '@/components/ui/data/definition-list'
import { ProgressBar } from '@/components/ui/data/progress-bar'
import { later } from '@/components/ui/later/later'
import { formatCount } from '@/components/ui/numbers'
import { LaterDialog } from '@/components/ui/overlays/later-dialog'
import { Time } from '@/components/ui/time'
import { UNDER_WAY } from '@/domain/campaign/state'
import type { CampaignDetails, Generation, RunView } from '../api-types'
import { INTERVAL_WORDS } from '../status/plan-text'

const dialog = later(() => import('../dialogs/last-day-dialog'))

/** The run under way, the next one, and until when they come. */
export function NextRunCard({
  campaign,
  generation,
  asOf,
}: {
  campaign: CampaignDetails
  generation: Generation
  asOf: Date
}) {
  const { timezone } = campaign
  const [open, setOpen] = useState(false)
  return (
    <Card>
      <CardHeader title="Runs" aside={timezone} />
      {generation.running && <UnderWay run={generation.running} />}
      <DefinitionList items={items(campaign, generation, asOf, () => setOpen(true))} />
      <LaterDialog part={dialog} open={open} onOpenChange={setOpen}>
        {({ LastDayDialog }) => <LastDayDialog campaign={campaign} open={open} onOpenChange={setOpen} />}
      </LaterDialog>
    </Card>
  )
}

function items(
  campaign: CampaignDetails,
  { nextRunAt, endDate, runs }: Generation,
  asOf: Date,
  onChangeLastDay: () => void,
): Definition[] {
  const { timezone, status, isRecurring, recurringInterval } = campaign
  const time = (at: Date) => <Time at={at} zone={timezone} zoneSaid />
  const next =
    status === 'completed' || !nextRunAt
      ? 'none'
      : status === 'paused'
        ? 'after it is resumed'
        : nextRunAt <= asOf
          ? 'about to begin'
          : time(nextRunAt)
  return [
    { term: 'Next run', value: next },
    { term: 'Comes', value: isRecurring && recurringInterval ? INTERVAL_WORDS[recurringInterval] : 'once' },
    ...(isRecurring
      ? [
          {
            term: 'Last day',
            value: (
              <span className="inline-flex flex-wrap items-center justify-end gap-x-2.5">
                {endDate ? <Time at={endDate} zone={timezone} zoneSaid format="day" /> : 'none'}
                {UNDER_WAY.includes(status) && (
                  <Button variant="link" className="h-auto" aria-label="Change the last day" onClick={onChangeLastDay}>
                    Change
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
    { term: 'Runs so far', value: formatCount(runs) },
  ]
}

function UnderWay({ run }: { run: RunView }) {
  return (
    <CardBody className="grid gap-3 border-b pb-3.5">
      <p className="text-ink-2">Under way now</p>
      {run.sources.map(({ source, label, found, cap, status }) => (
        <ProgressBar
          key={source}
          label={label}
          value={Math.min(found, cap)}
          max={cap}
          tone={status === 'failed' ? 'failed' : status === 'completed' ? 'sent' : 'accent'}
          {...(status === 'running'
            ? {}
            : { note: `${formatCount(found)} found, ${status === 'completed' ? 'done' : status}` })}
        />
      ))}
    </CardBody>
  )
}
