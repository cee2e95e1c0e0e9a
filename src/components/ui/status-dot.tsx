import type { ReactNode } from 'react'
import { cn } from './class-names'

const tones = {
  sent: 'bg-sent ring-sent-soft',
  held: 'bg-held ring-held-soft',
  failed: 'bg-failed ring-failed-soft',
  neutral: 'bg-skipped ring-sunken',
}

/** A dot and its word: "Live", "Reconnecting", "12 s ago". */
export function StatusDot({
  tone,
  children,
  className,
}: {
  tone: keyof typeof tones
  children: ReactNode
  className?: string
}) {
  return (
    <span className={cn('inline-flex items-center gap-2 text-caption text-ink-3', className)}>
      <span aria-hidden className={cn('size-[7px] shrink-0 rounded-full ring-3', tones[tone])} />
      {children}
    </span>
  )
}
