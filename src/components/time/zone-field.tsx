'use client'

import { type ReactNode, useMemo } from 'react'
import { useNow } from '@/components/ui/clock'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { formatTime } from '@/components/ui/zoned-time'

/** A time zone, found by typing; says what time it is there, so that a wrong one is noticed. */
export function ZoneField({
  label,
  hint,
  error,
  value,
  onValueChange,
}: {
  label: string
  /** The things that are counted in this zone. */
  hint: string
  error?: ReactNode
  value: string
  onValueChange: (zone: string) => void
}) {
  const now = useNow(15_000)
  const options = useMemo(
    () =>
      [...new Set(['UTC', value, ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
      })),
    [value],
  )
  return (
    <Field label={label} hint={now ? `It is ${formatTime(now, value)} there now. ${hint}` : hint} error={error}>
      <Combobox options={options} value={value} onValueChange={onValueChange} empty="No such zone." />
    </Field>
  )
}
