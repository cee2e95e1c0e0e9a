'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { cn } from '../class-names'
import { itemStyle, popupStyle } from '../popup-style'
import { useSame } from '../use-same'
import { useFieldControl } from './field'
import { controlStyle } from './input'
import type { SelectOption } from './select'

/** One of many, found by typing: time zones, batches, templates. */
export function Combobox({
  options: given,
  value,
  onValueChange,
  placeholder = 'Type to search',
  empty = 'Nothing matches.',
  search,
  onTyped,
  disabled,
  className,
  'aria-label': ariaLabel,
}: {
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
}) {
  const { id, required, ...described } = useFieldControl()
  const { options, chosen } = useOptions(given, value)
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next) => next && onValueChange(next.value)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      autoHighlight
      {...useSearch(options, search, onTyped)}
      disabled={disabled ?? false}
      {...(required ? { required } : {})}
    >
      <div className={cn('relative', className)}>
        <Base.Input
          {...(id ? { id } : {})}
          {...described}
          {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
          placeholder={placeholder}
          className={cn(controlStyle, 'h-8 pr-8 pl-2.5 pointer-coarse:h-10')}
        />
        <Base.Trigger
          aria-label="Show all"
          className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded-control text-ink-3"
        >
          <ChevronDown aria-hidden className="size-[15px]" />
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            className={cn(popupStyle, 'max-h-[min(320px,var(--available-height))] w-(--anchor-width) overflow-y-auto')}
          >
            <Base.Empty className="px-2 py-1.5 text-ink-3 empty:hidden">{empty}</Base.Empty>
            <Base.List>
              {(option: SelectOption) => (
                <Base.Item key={option.value} value={option} disabled={option.disabled ?? false} className={itemStyle}>
                  <span className="grid min-w-0 flex-1">
                    <span className="truncate">{option.label}</span>
                    {option.hint && <span className="text-caption text-ink-3">{option.hint}</span>}
                  </span>
                  <Base.ItemIndicator className="text-accent">
                    <Check aria-hidden className="size-[15px]" />
                  </Base.ItemIndicator>
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** The options and the chosen one. One that changed its identity would be written over what is being typed. */
function useOptions(given: readonly SelectOption[], value: string | null) {
  const options = useSame(given)
  return { options, chosen: useSame(options.find((option) => option.value === value) ?? null) }
}

type Search = (typed: string) => readonly SelectOption[]

/** The part of the list that fits what a person types; a choice writes its label there, too, and that is no search. */
function useSearch(
  options: readonly SelectOption[],
  search: Search | undefined,
  onTyped: ((text: string) => void) | undefined,
) {
  const [typed, setTyped] = useState('')
  if (!search && !onTyped) return {}
  return {
    ...(search ? { filteredItems: typed === '' ? options : search(typed) } : {}),
    onInputValueChange: (text: string, { reason }: { reason: string }) => {
      const wanted = reason === 'input-change' ? text : ''
      setTyped(wanted)
      onTyped?.(wanted)
    },
  }
}
