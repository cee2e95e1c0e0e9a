'use client'

import { dayWords } from '@/components/time/days'
import { dayOf, endOfDay, localOf, momentOf, nextMorning } from '@/components/time/local-time'
import { ZoneField } from '@/components/time/zone-field'
import { useNow } from '@/components/ui/clock'
import { Field } from '@/components/ui/fields/field'
import { Input, InputWithUnit } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import type { DraftPatch, DraftValues } from '../draft/draft-values'
import type { Draft } from '../draft/use-draft'

/** The zone in which a campaign's days are counted. */
export function CampaignZoneField({ draft: { values, saving, change } }: { draft: Draft }) {
  return (
    <ZoneField
      label="Campaign time zone"
      hint="Days are counted in this zone."
      error={saving.invalid.timezone}
      value={values.timezone}
      onValueChange={(timezone) => change({ timezone, ...endIn(values, timezone) })}
    />
  )
}

/** The day on which a campaign ends stays the same day in another zone. */
function endIn({ endDate, timezone }: DraftValues, zone: string): DraftPatch {
  return endDate ? { endDate: endOfDay(dayOf(endDate, timezone), zone) } : {}
}

/** The campaign's own limit of emails a day. */
export function DailyLimitField({ draft: { values, saving, change } }: { draft: Draft }) {
  return (
    <Field
      label="Daily limit of this campaign"
      optional
      hint="In addition to the limits of the mailboxes."
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
        after={<span className="whitespace-nowrap">emails per day</span>}
      />
    </Field>
  )
}

/** When a campaign starts: at once, or by itself at a local time. */
export function StartChoice({
  zone,
  start,
  onStartChange,
  soon,
}: {
  zone: string
  /** Local time in the zone; null: at once. */
  start: string | null
  onStartChange: (start: string | null) => void
  /** The consequence of pressing Start. */
  soon: string
}) {
  const now = useNow(15_000)
  const moment = start === null ? null : momentOf(start, zone)
  const past = now !== null && moment !== null && moment <= now
  const later = () => onStartChange(nextMorning(now ?? new Date(), zone))
  return (
    <RadioCards
      legend="Start"
      columns={2}
      value={start === null ? 'now' : 'at'}
      onValueChange={(when) => (when === 'now' ? onStartChange(null) : later())}
      options={[
        { value: 'now', label: 'When I press Start', hint: soon },
        {
          value: 'at',
          label: 'At a date and time',
          hint: 'It starts by itself',
          detail: (
            <Field
              label="Day and time"
              aside={zone}
              hint={dayWords(start?.slice(0, 10) ?? '')}
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
  )
}
