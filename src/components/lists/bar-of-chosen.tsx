'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '@/components/ui/button'

/** The frame of acts on chosen rows (`what`: "leads"): how many there are, what can be done with them, and the way out. */
export function BarOfChosen({
  what,
  label,
  more,
  onClear,
  children,
}: {
  what: string
  label: string
  more?: ReactNode
  /** Without: nothing can be cleared, as an act is on its way. */
  onClear?: () => void
  children: ReactNode
}) {
  return (
    <section
      aria-label={`Chosen ${what}`}
      className="sticky top-2 z-20 mb-3 flex flex-wrap items-center gap-2 rounded-card border bg-accent-soft px-3 py-2 text-control shadow-rest"
    >
      <p className="mr-1 font-semibold" aria-live="polite">
        {label}
      </p>
      {more}
      {children}
      {onClear && <IconButton icon={X} label="Clear selection" className="ml-auto" onClick={onClear} />}
    </section>
  )
}
