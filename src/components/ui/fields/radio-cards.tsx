'use client'

import { type ReactNode, useId } from 'react'
import { cn } from '../class-names'
import { FieldGroup } from './field'

export type RadioCard<Value extends string> = {
  value: Value
  label: ReactNode
  /** The consequence of choosing it. */
  hint?: ReactNode
  disabled?: boolean
  /** Shown below the words while the card is chosen: the inputs that belong to it. */
  detail?: ReactNode
}

/** One of two to four, each with what it means. Arrow keys move between them. */
export function RadioCards<Value extends string>({
  legend,
  hint,
  error,
  options,
  value,
  onValueChange,
  name,
  columns = 1,
  className,
}: {
  legend: ReactNode
  hint?: ReactNode
  error?: ReactNode
  options: readonly RadioCard<Value>[]
  value: Value | null
  onValueChange: (value: Value) => void
  name?: string
  /** Side by side from 640 px on. */
  columns?: 1 | 2 | 3
  className?: string
}) {
  const ownName = useId()
  return (
    <FieldGroup legend={legend} hint={hint} error={error} {...(className ? { className } : {})}>
      <div className={cn('grid gap-2', columns === 2 && 'sm:grid-cols-2', columns === 3 && 'sm:grid-cols-3')}>
        {options.map((option) => (
          <div
            key={option.value}
            className="rounded-control border border-line-strong bg-surface transition-colors has-checked:border-accent has-checked:bg-accent-soft has-disabled:bg-sunken has-[input[type=radio]:focus-visible]:outline-2 has-[input[type=radio]:focus-visible]:outline-accent has-[input[type=radio]:focus-visible]:outline-offset-2"
          >
            <label className="flex min-h-10 items-start gap-2.5 px-3 py-2.5 text-control">
              <input
                type="radio"
                name={name ?? ownName}
                value={option.value}
                checked={option.value === value}
                disabled={option.disabled}
                onChange={() => onValueChange(option.value)}
                className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-field bg-surface outline-none checked:border-[5px] checked:border-accent"
              />
              <span className="min-w-0">
                <span className="font-medium">{option.label}</span>
                {option.hint && <span className="block text-caption text-ink-2">{option.hint}</span>}
              </span>
            </label>
            {option.detail && option.value === value && <div className="px-3 pb-3 pl-[38px]">{option.detail}</div>}
          </div>
        ))}
      </div>
    </FieldGroup>
  )
}
