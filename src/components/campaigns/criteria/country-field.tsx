'use client'

import { useMemo } from 'react'
import { Combobox } from '@/components/ui/fields/combobox'
import { Field } from '@/components/ui/fields/field'
import { countryCodes, countryName } from '@/domain/lead/country'

const ANY = ''

/** A country, found by typing, or any. `value` is a two-letter code in either case. */
export function CountryField({
  label,
  hint,
  value,
  onValueChange,
}: {
  label: string
  hint?: string
  value: string | null
  onValueChange: (code: string | null) => void
}) {
  const options = useMemo(
    () => [
      { value: ANY, label: 'Any country' },
      ...countryCodes()
        .map((code) => ({ value: code, label: countryName(code) }))
        .sort((a, b) => a.label.localeCompare(b.label, 'en')),
    ],
    [],
  )
  return (
    <Field label={label} optional hint={hint}>
      <Combobox
        options={options}
        value={value?.toUpperCase() ?? ANY}
        onValueChange={(code) => onValueChange(code === ANY ? null : code)}
        empty="No such country."
      />
    </Field>
  )
}
