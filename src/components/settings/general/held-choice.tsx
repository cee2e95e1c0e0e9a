'use client'

import { Field } from '@/components/ui/fields/field'
import { InputWithUnit } from '@/components/ui/fields/input'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import type { GeneralValues } from './general-values'

/** Who decides over emails whose delivery is unknown, and when. */
export function HeldChoice({
  values: { held, heldHours },
  error,
  onChange,
}: {
  values: Pick<GeneralValues, 'held' | 'heldHours'>
  error: string | undefined
  onChange: (patch: Partial<Pick<GeneralValues, 'held' | 'heldHours'>>) => void
}) {
  const wait = (
    <Field label="Decide by itself after" error={error}>
      <InputWithUnit
        type="number"
        min={1}
        max={720}
        inputMode="numeric"
        className="w-20 shrink-0"
        value={heldHours}
        onChange={({ target }) => onChange({ heldHours: target.value })}
        after="hours without a decision"
      />
    </Field>
  )
  return (
    <RadioCards
      legend="Held emails"
      hint="An email is held when a worker stopped while the email was on the wire: nobody can know whether it arrived. You can always decide on the campaign's page before."
      value={held}
      onValueChange={(next) => onChange({ held: next })}
      options={[
        {
          value: 'delivered',
          label: 'Treat as delivered',
          hint: 'Nobody gets an email twice. A lead may miss one.',
          detail: wait,
        },
        {
          value: 'again',
          label: 'Send again',
          hint: 'Nobody misses an email. A lead may get one twice. What a restored backup has left held waits for a person.',
          detail: wait,
        },
        {
          value: 'person',
          label: 'Only a person decides',
          hint: 'The email stays held, and its campaign stays open, until somebody chooses.',
        },
      ]}
    />
  )
}
