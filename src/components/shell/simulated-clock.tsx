'use client'

import { History } from 'lucide-react'
import { useClockKind, useNow } from '@/components/ui/clock'
import { formatTime } from '@/components/ui/zoned-time'

/** Says that time is simulated, and what it is, so that it is not taken for the real one. */
export function SimulatedClock({ className }: { className?: string }) {
  const { simulated, speed } = useClockKind()
  if (!simulated) return null
  return <Reading speed={speed} className={className} />
}

function Reading({ speed, className }: { speed: number; className?: string | undefined }) {
  const now = useNow(1_000)
  if (!now) return null
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <p
      className={className}
      title={`${formatTime(now, zone)} ${zone}. One real second is ${Math.round(speed).toLocaleString('en-US')} simulated ones.`}
    >
      <span className="inline-flex items-center gap-1.5 rounded-control bg-held-soft px-2 py-1 text-caption text-ink">
        <History aria-hidden className="size-3.5 shrink-0 text-held-ink" />
        <span>
          Simulated time: <b className="font-semibold">{formatTime(now, zone)}</b> {zone}
        </span>
      </span>
    </p>
  )
}
