'use client'

import { ChevronDown } from 'lucide-react'
import { cn } from '../class-names'
import { later } from '../later/later'
import { useStandIn } from '../later/use-stand-in'
import { selectStyle } from './choice-style'
import { useFieldControl } from './field'

export type SelectOption<Value extends string = string> = {
  value: Value
  label: string
  /** A quiet second line. */
  hint?: string | undefined
  disabled?: boolean | undefined
}

export type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  placeholder?: string
  disabled?: boolean
  className?: string
  /** Only outside a `Field`. */
  'aria-label'?: string
}

const parts = later(() => import('./select-parts'))

/** One of a few. For long lists (time zones, templates by the hundred) take `Combobox`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { options, value, placeholder = 'Choose', disabled = false, className, 'aria-label': ariaLabel } = props
  const { id, required, ...described } = useFieldControl()
  const { part, takesOver, control, handlers } = useStandIn<HTMLButtonElement, typeof import('./select-parts')>(parts)
  if (part) return <part.SelectParts {...props} takesOver={takesOver} />
  const chosen = options.find((option) => option.value === value)
  return (
    <button
      ref={control}
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      aria-controls={undefined}
      disabled={disabled}
      {...(id ? { id } : {})}
      {...(required ? { 'aria-required': true } : {})}
      {...described}
      {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
      {...(chosen ? {} : { 'data-placeholder': '' })}
      {...(disabled ? { 'data-disabled': '' } : {})}
      {...handlers}
      className={cn(selectStyle, className)}
    >
      <span className="truncate">{chosen?.label ?? placeholder}</span>
      <span aria-hidden className="shrink-0 text-ink-3">
        <ChevronDown aria-hidden className="size-[15px]" />
      </span>
    </button>
  )
}
