'use client'

import { type ReactNode, useMemo } from 'react'
import { useNow } from '@/components/ui/clock'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { formatTime } from '@/components/ui/zoned-time'
import { allZones, presentZone, searchZones } from './zone-search'

const optionOf = (zone: string) => ({ value: zone, label: zone.replaceAll('_', ' ') })

/**
 * A time zone, found by typing a city, a country, an old name or an abbreviation; says what time it is there, so that a wrong
 * one is noticed.
 */
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
  const zone = presentZone(value)
  const options = useMemo(() => [...new Set([...allZones(), zone])].map(optionOf), [zone])
  return (
    <Field label={label} hint={now ? `It is ${formatTime(now, zone)} there now. ${hint}` : hint} error={error}>
      <Combobox
        options={options}
        value={zone}
        onValueChange={onValueChange}
        search={(typed) => searchZones(typed, now ?? new Date()).map(optionOf)}
        empty="No such zone. Type a city or a country."
      />
    </Field>
  )
}
