'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../class-names'
import { useFieldControl } from './field'

/** The frame of everything that is typed into or chosen from. */
export const controlStyle =
  'w-full min-w-0 rounded-control border border-field bg-surface text-control text-ink transition-colors hover:border-ink-3 focus-visible:border-accent focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-failed-ink'

/** One line of text. Inside a `Field` it takes its id, description and validity from there. */
export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  const field = useFieldControl()
  return (
    <input
      {...field}
      {...props}
      type={type}
      className={cn(controlStyle, 'h-8 px-2.5 pointer-coarse:h-10', type === 'number' && 'text-right', className)}
    />
  )
}

/** An input with words before or after it: "every [3] days", "https://". */
export function InputWithUnit({
  before,
  after,
  className,
  ...props
}: ComponentProps<'input'> & { before?: ReactNode; after?: ReactNode }) {
  return (
    <span className="flex items-center gap-2 text-control text-ink-2">
      {before}
      <Input {...props} className={className} />
      {after}
    </span>
  )
}

/** Several lines. `code` for sources of templates. */
export function Textarea({ className, code, ...props }: ComponentProps<'textarea'> & { code?: boolean }) {
  const field = useFieldControl()
  return (
    <textarea
      rows={6}
      {...field}
      {...props}
      className={cn(controlStyle, 'block resize-y px-2.5 py-1.5', code && 'font-mono text-[12.5px]', className)}
    />
  )
}
