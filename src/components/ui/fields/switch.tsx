'use client'

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
      <button
        type="button"
        role="switch"
        aria-checked={checked}
        disabled={disabled}
        onClick={() => onCheckedChange(!checked)}
        aria-labelledby={`${id}-label`}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        className="flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full border border-field bg-sunken px-[3px] transition-colors disabled:cursor-not-allowed disabled:opacity-60 aria-checked:border-accent aria-checked:bg-accent"
      >
        <span
          className={cn(
            'size-4 rounded-full transition-transform',
            checked ? 'translate-x-4 bg-accent-ink' : 'bg-ink-3',
          )}
        />
      </button>
    </div>
  )
}
