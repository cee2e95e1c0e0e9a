import type { ReactNode } from 'react'
import { cn } from '../class-names'

/** Two lines in a cell: the fact, and what belongs to it in a quiet second line. */
export function Cell({
  children,
  note,
  zero,
}: {
  children: ReactNode
  note?: ReactNode /** Quiet: nothing to see here. */
  zero?: boolean
}) {
  return (
    <>
      <span className={cn('block', zero && 'text-ink-3')}>{children}</span>
      {note && <span className="block font-normal text-caption text-ink-3">{note}</span>}
    </>
  )
}
