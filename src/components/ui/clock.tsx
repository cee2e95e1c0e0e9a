'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

export type ClockReading = {
  /** The server's time when it answered. */
  now: Date | string
  /** Seconds of that clock per real second; 1 unless time is simulated. */
  speed?: number
  simulated?: boolean
}

type Anchor = { server: number; here: number; speed: number; simulated: boolean }

const ClockContext = createContext<Anchor | null>(null)

/** Provides everything below with the server's time: "2 h ago" then is right with a wrong computer clock and with simulated time. */
export function ClockProvider({ reading, children }: { reading: ClockReading | null; children: ReactNode }) {
  const server = reading ? new Date(reading.now).getTime() : null
  const speed = reading?.speed ?? 1
  const simulated = reading?.simulated ?? false
  const anchor = useMemo(
    () => (server === null ? null : { server, here: Date.now(), speed, simulated }),
    [server, speed, simulated],
  )
  return <ClockContext value={anchor}>{children}</ClockContext>
}

const read = (anchor: Anchor | null) =>
  anchor ? new Date(anchor.server + (Date.now() - anchor.here) * anchor.speed) : new Date()

/** The server's time, renewed every `everyMs`; `null` until the page is alive, so that server and browser render the same. */
export function useNow(everyMs = 10_000): Date | null {
  const anchor = useContext(ClockContext)
  const [now, setNow] = useState<Date | null>(null)
  useEffect(() => {
    setNow(read(anchor))
    const timer = setInterval(() => setNow(read(anchor)), everyMs)
    return () => clearInterval(timer)
  }, [anchor, everyMs])
  return now
}

/** Whether that time is simulated, and how fast it runs. */
export function useClockKind() {
  const anchor = useContext(ClockContext)
  return { simulated: anchor?.simulated ?? false, speed: anchor?.speed ?? 1 }
}
