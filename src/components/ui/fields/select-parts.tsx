'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { cn } from '../class-names'
import { type TakesOver, useTakenFocus } from '../later/use-stand-in'
import { itemStyle, popupStyle } from '../popup-style'
import { selectStyle } from './choice-style'
import { useFieldControl } from './field'
import type { SelectProps } from './select'

/** The list of choices with its control; `Select` fetches it and stands in for it. */
export function SelectParts<Value extends string>({
  options,
  value,
  onValueChange,
  placeholder = 'Choose',
  disabled,
  className,
  'aria-label': ariaLabel,
  takesOver,
}: SelectProps<Value> & { takesOver: TakesOver }) {
  const { id, required, ...described } = useFieldControl()
  const control = useTakenFocus<HTMLButtonElement>(takesOver)
  return (
    <Base.Root
      items={options}
      value={value}
      onValueChange={(next) => next !== null && onValueChange(next as Value)}
      {...(required ? { required } : {})}
      disabled={disabled ?? false}
      defaultOpen={takesOver.open}
      modal={false}
    >
      <Base.Trigger
        {...(id ? { id } : {})}
        {...described}
        {...(ariaLabel ? { 'aria-label': ariaLabel } : {})}
        ref={control}
        className={cn(selectStyle, className)}
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
