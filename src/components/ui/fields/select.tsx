'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { cn } from '../class-names'
import { itemStyle, popupStyle } from '../popup-style'
import { useFieldControl } from './field'
import { controlStyle } from './input'

export type SelectOption<Value extends string = string> = {
  value: Value
  label: string
  /** A quiet second line. */
  hint?: string | undefined
  disabled?: boolean | undefined
}

/** One of a few. For long lists (time zones, templates by the hundred) take `Combobox`. */
export function Select<Value extends string>({
  options,
  value,
  onValueChange,
  placeholder = 'Choose',
  name,
  disabled,
  className,
  'aria-label': ariaLabel,
}: {
  options: readonly SelectOption<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  placeholder?: string
  name?: string
  disabled?: boolean
  className?: string
  /** Only outside a `Field`. */
  'aria-label'?: string
}) {
  const { id, required, ...described } = useFieldControl()
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next as Value)}
      {...(name ? { name } : {})}
      {...(required ? { required } : {})}
      disabled={disabled ?? false}
      modal={false}
    >
      <Base.Trigger
        {...(id ? { id } : {})}
        {...described}
        {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
        className={cn(
          controlStyle,
          'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left pointer-coarse:h-10 data-placeholder:text-ink-3 data-disabled:bg-sunken data-disabled:text-ink-3',
          className,
        )}
      >
        <Base.Value placeholder={placeholder} className="truncate" />
        <Base.Icon className="shrink-0 text-ink-3">
          <ChevronDown aria-hidden className="size-[15px]" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup
            className={cn(
              popupStyle,
              'max-h-[min(320px,var(--available-height))] min-w-(--anchor-width) overflow-y-auto',
            )}
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={itemStyle}
              >
                <span className="grid min-w-0 flex-1">
                  <Base.ItemText className="truncate">{option.label}</Base.ItemText>
                  {option.hint && <span className="text-caption text-ink-3">{option.hint}</span>}
                </span>
                <Base.ItemIndicator className="text-accent">
                  <Check aria-hidden className="size-[15px]" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
