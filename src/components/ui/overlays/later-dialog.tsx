'use client'

import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { type Later, sayNotLoaded } from '../later/later'

/** A dialog whose code is fetched when it is first opened, or at the first sign of a person. */
export function LaterDialog<Part>({
  part,
  open,
  onOpenChange,
  children,
}: {
  part: Later<Part>
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The dialog itself, open or not. */
  children: (part: Part) => ReactNode
}) {
  const loaded = part.use()
  if (loaded) return children(loaded)
  return open ? <Opening load={part.load} onOpenChange={onOpenChange} /> : null
}

/**
 * Stands for a dialog whose code is on its way: after a moment the page behind it goes dim, as it will. A press on it
 * takes the question back; what does not come says so, and the button that asked can be pressed again.
 */
function Opening({ load, onOpenChange }: { load: () => Promise<unknown>; onOpenChange: (open: boolean) => void }) {
  const fail = useEffectEvent(() => {
    onOpenChange(false)
    sayNotLoaded()
  })
  useEffect(() => {
    let left = false
    load().catch(() => left || fail())
    return () => {
      left = true
    }
  }, [load])
  return (
    <div
      role="status"
      onPointerDown={() => onOpenChange(false)}
      className="fixed inset-0 z-40 bg-scrim transition-opacity delay-150 starting:opacity-0"
    >
      <span className="sr-only">Loading</span>
    </div>
  )
}
