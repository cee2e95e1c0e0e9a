'use client'

import { Check, Minus } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../class-names'

type Box = Omit<ComponentProps<'input'>, 'type' | 'size'> & {
  /** Some, but not all, of what stands below it is checked. */
  indeterminate?: boolean
}

/** The box alone, for tables; name it with `aria-label`. Its target is 24 px, its picture 16 px. */
export function CheckboxInput({ indeterminate = false, className, ...props }: Box) {
  return (
    <span className={cn('relative inline-grid size-6 shrink-0 place-items-center', className)}>
      <input
        {...props}
        ref={(node) => {
          if (node) node.indeterminate = indeterminate
          if (typeof props.ref === 'function') props.ref(node)
          else if (props.ref) props.ref.current = node
        }}
        type="checkbox"
        className="peer absolute inset-0 m-auto size-4 appearance-none rounded-[4px] border border-field bg-surface transition-colors before:absolute before:-inset-1.5 checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent hover:border-ink-3 disabled:bg-sunken disabled:checked:bg-skipped"
      />
      {indeterminate ? (
        <Minus aria-hidden strokeWidth={3} className="pointer-events-none relative size-3 text-accent-ink" />
      ) : (
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none relative size-3 text-accent-ink opacity-0 peer-checked:opacity-100"
        />
      )}
    </span>
  )
}

/** A box with its words; the whole line is the target. */
export function Checkbox({ label, hint, className, ...props }: Box & { label: ReactNode; hint?: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: CheckboxInput holds the control
    <label
      className={cn(
        'flex min-h-8 items-start gap-2 py-1 text-control pointer-coarse:min-h-10 pointer-coarse:py-2',
        className,
      )}
    >
      <CheckboxInput {...props} className="-my-0.5" />
      <span className="min-w-0">
        {label}
        {hint && <span className="block text-caption text-ink-3">{hint}</span>}
      </span>
    </label>
  )
}
