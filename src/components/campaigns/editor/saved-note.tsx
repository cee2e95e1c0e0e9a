'use client'

import { CircleCheck, CircleX, CloudUpload } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/class-names'
import { formatAgo } from '@/components/ui/zoned-time'
import { hasUnsaved, type Saving } from './draft/saving'

/** Whether what stands on the page is kept: "Saved 3 s ago", or why not, or not before the first change. Real time, also while time is simulated. */
export function SavedNote({
  stored,
  saving,
  above,
  onRetry,
}: {
  stored: boolean
  saving: Saving
  /** On a narrow screen it stands above the acts, which fill a row. */
  above: boolean
  onRetry: () => void
}) {
  const [now, setNow] = useState<Date | null>(null)
  useEffect(() => {
    const tick = () => setNow(new Date())
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [])
  const { failure, invalid, savedAt } = saving
  const line = cn(
    'inline-flex items-center gap-1.5 text-caption [&_svg]:size-3.5 [&_svg]:shrink-0',
    above && 'max-sm:basis-full max-sm:justify-end',
  )
  if (failure) {
    return (
      <span role="alert" className={`${line} flex-wrap text-failed-ink`}>
        <CircleX aria-hidden />
        <span>Not saved: {failure}</span>
        <Button size="sm" onClick={onRetry} pending={saving.sending !== null}>
          Try again
        </Button>
      </span>
    )
  }
  if (Object.keys(invalid).length > 0) {
    return (
      <span role="status" className={`${line} text-failed-ink`}>
        <CircleX aria-hidden />
        Not saved: fix the marked field
      </span>
    )
  }
  if (hasUnsaved(saving)) {
    return (
      <span className={`${line} text-ink-3`}>
        <CloudUpload aria-hidden />
        Saving
      </span>
    )
  }
  if (!stored) return <span className={`${line} text-ink-3`}>Saved from the first change on</span>
  return (
    <span className={`${line} text-ink-3`}>
      <CircleCheck aria-hidden />
      {savedAt && now ? `Saved ${formatAgo(savedAt, new Date(Math.max(savedAt, now.getTime())))}` : 'Saved'}
    </span>
  )
}
