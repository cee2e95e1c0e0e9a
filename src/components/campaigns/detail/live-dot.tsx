'use client'

import { useEffect, useState } from 'react'
import { StatusDot } from '@/components/ui/status-dot'
import { liveWords } from './live'

/** "Live", "Reconnecting", "12 s ago": the age of the figures on the page. */
export function LiveDot({ updatedAt, ...how }: Omit<Parameters<typeof liveWords>[0], 'now'>) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  const { tone, words } = liveWords({ ...how, updatedAt, now: Math.max(now, updatedAt) })
  return <StatusDot tone={tone}>{words}</StatusDot>
}
