'use client'

import { Combobox as Base } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { cn } from '../class-names'
import { type TakesOver, useTakenFocus } from '../later/use-stand-in'
import { itemStyle, popupStyle } from '../popup-style'
import { useSame } from '../use-same'
import { comboboxStyle } from './choice-style'
import type { ComboboxProps, Search } from './combobox'
import { useFieldControl } from './field'
import type { SelectOption } from './select'

/** The input with its list; `Combobox` fetches it and stands in for it. `typed`: what was typed there. */
export function ComboboxParts({
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
  typed,
  takesOver,
}: ComboboxProps & { typed: string | null; takesOver: TakesOver }) {
  const { id, required, ...described } = useFieldControl()
  const { options, chosen } = useOptions(given, value)
  const control = useTakenFocus<HTMLInputElement>(takesOver)
  const takeOver = useEffectEvent(() => {
    if (typed === null) return
    onTyped?.(typed)
    control.current?.setSelectionRange(typed.length, typed.length)
  })
  useEffect(() => takeOver(), [])
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next) => next && onValueChange(next.value)}
      isItemEqualToValue={(a, b) => a.value === b.value}
      autoHighlight
      defaultOpen={takesOver.open}
      {...(typed === null ? {} : { defaultInputValue: typed })}
      {...useSearch(options, search, onTyped, typed ?? '')}
      disabled={disabled ?? false}
      {...(required ? { required } : {})}
    >
      <div className={cn('relative', className)}>
        <Base.Input
          {...(id ? { id } : {})}
          {...described}
          {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
          placeholder={placeholder}
          ref={control}
          className={comboboxStyle.input}
        />
        <Base.Trigger aria-label="Show all" className={comboboxStyle.button}>
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

/** The part of the list that fits what a person types; a choice writes its label there, too, and that is no search. */
function useSearch(
  options: readonly SelectOption[],
  search: Search | undefined,
  onTyped: ((text: string) => void) | undefined,
  begun: string,
) {
  const [typed, setTyped] = useState(begun)
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
