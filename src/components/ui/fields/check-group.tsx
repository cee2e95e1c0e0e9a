'use client'

import type { ReactNode } from 'react'
import { Checkbox } from './checkbox'
import { FieldGroup } from './field'

/** Some of a handful, all of them seen: seniorities, company sizes, departments. */
export function CheckGroup<Value extends string>({
  legend,
  hint,
  options,
  values,
  onValuesChange,
}: {
  legend: ReactNode
  hint?: ReactNode
  options: readonly { value: Value; label: string }[]
  values: readonly Value[]
  /** In the order of the options. */
  onValuesChange: (values: Value[]) => void
}) {
  const toggle = (value: Value, on: boolean) =>
    onValuesChange(options.map((option) => option.value).filter((one) => (one === value ? on : values.includes(one))))
  return (
    <FieldGroup legend={legend} hint={hint}>
      <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-4">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            label={label}
            checked={values.includes(value)}
            onChange={({ target }) => toggle(value, target.checked)}
          />
        ))}
      </div>
    </FieldGroup>
  )
}
