import type { ReactNode } from 'react'
import { dayWords } from '@/components/time/days'
import { Field } from '@/components/ui/fields/field'
import { Input } from '@/components/ui/fields/input'

/** Until when runs come: a local day as "2026-11-23", or empty for no end. */
export function LastDayField({
  day,
  timezone,
  error,
  onChange,
}: {
  day: string
  timezone: string
  error?: ReactNode
  onChange: (day: string) => void
}) {
  return (
    <Field
      label="Last day"
      optional
      hint={dayWords(day) ?? 'Empty: until it is stopped.'}
      error={error}
      aside={timezone}
    >
      <Input type="date" value={day} onChange={({ target }) => onChange(target.value)} />
    </Field>
  )
}
