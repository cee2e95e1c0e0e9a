'use client'

import { dayOf, endOfDay } from '@/components/time/local-time'
import { Field } from '@/components/ui/fields/field'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { Select } from '@/components/ui/fields/select'
import { RECURRING_INTERVALS } from '@/domain/lead-generation/recurring-intervals'
import { LastDayField } from '../../dialogs/last-day-field'
import { INTERVAL_WORDS } from '../../status/plan-text'
import type { Draft } from '../draft/use-draft'

/** One run, or runs again and again until a day. */
export function RecurrenceFields({ draft: { values, saving, change } }: { draft: Draft }) {
  const { isRecurring, recurringInterval, endDate, timezone } = values
  return (
    <RadioCards
      legend="Runs"
      columns={2}
      value={isRecurring ? 'again' : 'once'}
      onValueChange={(way) =>
        change(
          way === 'again'
            ? { isRecurring: true, recurringInterval: recurringInterval ?? 'daily' }
            : { isRecurring: false },
        )
      }
      options={[
        { value: 'once', label: 'Once', hint: 'One run, one batch' },
        {
          value: 'again',
          label: 'Again and again',
          hint: 'Every run fills a batch of its own',
          detail: (
            <div className="grid gap-3">
              <Field label="How often">
                <Select
                  value={recurringInterval ?? 'daily'}
                  onValueChange={(interval) => change({ recurringInterval: interval })}
                  options={RECURRING_INTERVALS.map((value) => ({ value, label: capital(INTERVAL_WORDS[value]) }))}
                />
              </Field>
              <LastDayField
                day={endDate ? dayOf(endDate, timezone) : ''}
                timezone={timezone}
                error={saving.invalid.endDate}
                onChange={(day) => change({ endDate: day === '' ? null : endOfDay(day, timezone) })}
              />
            </div>
          ),
        },
      ]}
    />
  )
}

const capital = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`
