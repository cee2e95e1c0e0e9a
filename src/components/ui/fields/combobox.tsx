'use client'

import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { cn } from '../class-names'
import { later } from '../later/later'
import { useStandIn } from '../later/use-stand-in'
import { comboboxStyle } from './choice-style'
import { useFieldControl } from './field'
import type { SelectOption } from './select'

/** What fits a typed text, the fittest first. */
export type Search = (typed: string) => readonly SelectOption[]

export type ComboboxProps = {
  options: readonly SelectOption[]
  value: string | null
  onValueChange: (value: string) => void
  placeholder?: string
  /** Said when nothing matches what was typed. */
  empty?: string
  /** What fits the typed text, the fittest first; without, options whose label holds it. Among `options`. */
  search?: Search
  /** Is called with what a person types, for options that are to be fetched. */
  onTyped?: (text: string) => void
  disabled?: boolean
  className?: string
  /** Only outside a `Field`. */
  'aria-label'?: string
}

const parts = later(() => import('./combobox-parts'))

/** One of many, found by typing: time zones, batches, templates. */
export function Combobox(props: ComboboxProps) {
  const { options, value, placeholder = 'Type to search', disabled, className, 'aria-label': ariaLabel } = props
  const { id, required, ...described } = useFieldControl()
  const [typed, setTyped] = useState<string | null>(null)
  const { part, takesOver, press, control, handlers } = useStandIn<HTMLInputElement, typeof import('./combobox-parts')>(
    parts,
  )
  if (part) return <part.ComboboxParts {...props} typed={typed} takesOver={takesOver} />
  const type = (text: string) => {
    setTyped(text)
    press()
  }
  return (
    <div className={cn('relative', className)} onPointerDown={handlers.onPointerDown}>
      <input
        ref={control}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-controls={undefined}
        autoComplete="off"
        spellCheck={false}
        {...(id ? { id } : {})}
        {...described}
        {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
        required={required}
        disabled={disabled}
        placeholder={placeholder}
        value={typed ?? options.find((option) => option.value === value)?.label ?? ''}
        onChange={({ target }) => type(target.value)}
        onClick={handlers.onClick}
        onKeyDown={handlers.onKeyDown}
        className={comboboxStyle.input}
      />
      <button
        type="button"
        aria-label="Show all"
        tabIndex={-1}
        disabled={disabled}
        onClick={handlers.onClick}
        className={comboboxStyle.button}
      >
        <ChevronDown aria-hidden className="size-[15px]" />
      </button>
    </div>
  )
}
