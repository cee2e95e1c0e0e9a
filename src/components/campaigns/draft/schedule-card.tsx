'use client'

import { useMemo } from 'react'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { useNow } from '@/components/ui/clock'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { Input, InputWithUnit } from '@/components/ui/input'
import { RadioCards } from '@/components/ui/radio-cards'
import { formatTime } from '@/components/ui/zoned-time'
import { allZones, localOf, momentOf, nextMorning } from './local-time'
import type { Draft } from './use-draft'

/** When the campaign starts, in which zone its days are counted, and its own limit. */
export function ScheduleCard({
  draft: { values, saving, change },
  start,
  onStartChange,
}: {
  draft: Draft
  /** Local time in the campaign's zone; null: at once. */
  start: string | null
  onStartChange: (start: string | null) => void
}) {
  const now = useNow(15_000)
  const zone = values.timezone
  const zones = useMemo(
    () => [...new Set([...allZones(), zone])].map((name) => ({ value: name, label: name.replaceAll('_', ' ') })),
    [zone],
  )
  const moment = start === null ? null : momentOf(start, zone)
  const past = now !== null && moment !== null && moment <= now
  const later = () => onStartChange(nextMorning(now ?? new Date(), zone))
  return (
    <Card>
      <CardHeader title="Schedule" />
      <CardBody className="grid gap-4">
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field
            label="Campaign time zone"
            hint={
              now
                ? `It is ${formatTime(now, zone)} there now. Days are counted in this zone.`
                : 'Days are counted in this zone.'
            }
            error={saving.invalid.timezone}
          >
            <Combobox
              options={zones}
              value={zone}
              onValueChange={(timezone) => change({ timezone })}
              empty="No such zone."
            />
          </Field>
          <Field
            label="Daily limit of this campaign"
            optional
            hint="Beside the limits of the mailboxes."
            error={saving.invalid.dailyLimit}
          >
            <InputWithUnit
              type="number"
              min={1}
              max={100_000}
              inputMode="numeric"
              placeholder="none"
              value={values.dailyLimit ?? ''}
              onChange={({ target }) => change({ dailyLimit: target.value === '' ? null : target.valueAsNumber })}
              className="sm:w-28"
              after={<span className="whitespace-nowrap">mails a day</span>}
            />
          </Field>
        </div>
        <RadioCards
          legend="Start"
          columns={2}
          value={start === null ? 'now' : 'at'}
          onValueChange={(when) => (when === 'now' ? onStartChange(null) : later())}
          options={[
            {
              value: 'now',
              label: 'When I press Start',
              hint: 'The first mail leaves at the next opening of the sending window',
            },
            {
              value: 'at',
              label: 'At a date and time',
              hint: 'It starts by itself',
              detail: (
                <Field
                  label="Day and time"
                  aside={zone}
                  error={
                    past
                      ? 'This time is past. Choose a later one, or start it at once.'
                      : moment
                        ? undefined
                        : 'Give a date and a time.'
                  }
                >
                  <Input
                    type="datetime-local"
                    value={start ?? ''}
                    {...(now ? { min: localOf(now, zone) } : {})}
                    onChange={(event) => onStartChange(event.target.value)}
                  />
                </Field>
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}
