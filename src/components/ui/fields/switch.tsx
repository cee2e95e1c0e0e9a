'use client'

import { Switch as Base } from '@base-ui/react/switch'
import { type ReactNode, useId } from 'react'
import { cn } from '../class-names'

/** On or off, taking effect at once. In a form that is saved, take a checkbox. */
export function Switch({
  label,
  hint,
  checked,
  onCheckedChange,
  disabled = false,
  className,
}: {
  label: ReactNode
  hint?: ReactNode
  checked: boolean
  onCheckedChange: (checked: boolean) => void
  disabled?: boolean
  className?: string
}) {
  const id = useId()
  return (
    <div
      className={cn('flex min-h-8 items-center justify-between gap-4 text-control pointer-coarse:min-h-10', className)}
    >
      <span className="min-w-0">
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-caption text-ink-3">
            {hint}
          </span>
        )}
      </span>
      <Base.Root
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        className="flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full border border-field bg-sunken px-[3px] transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:cursor-not-allowed data-disabled:opacity-60"
      >
        <Base.Thumb className="size-4 rounded-full bg-ink-3 transition-transform data-checked:translate-x-4 data-checked:bg-accent-ink" />
      </Base.Root>
    </div>
  )
}
