'use client'

import { cn } from './class-names'
import { useNow } from './clock'
import { formatAgo, formatTime, type TimeStyle } from './zoned-time'

type Moment = Date | string | number

/**
 * A moment in the zone it belongs to: "Mon 23 Nov 09:00 Europe/Berlin". Hovering shows the reader's own time. `zoneSaid`
 * leaves the zone out of the text where the card or the line already names it; the hover still says it.
 */
export function Time({
  at,
  zone,
  format = 'day-time',
  zoneSaid = false,
  className,
}: {
  at: Moment
  /** IANA name. */
  zone: string
  format?: TimeStyle
  zoneSaid?: boolean
  className?: string
}) {
  const now = useNow(60_000)
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={hover(date, zone, now)} className={cn('tabular-nums', className)}>
      {formatTime(date, zone, format, now ?? date)}
      {!zoneSaid && ` ${zone}`}
    </time>
  )
}

/** "12 s ago", "in 2 h", counted on the server's clock; the exact time with its zone is on hover. */
export function TimeAgo({
  at,
  zone,
  className,
  everyMs = 10_000,
}: {
  at: Moment
  zone: string
  className?: string
  everyMs?: number
}) {
  const now = useNow(everyMs)
  const date = new Date(at)
  return (
    <time
      dateTime={date.toISOString()}
      title={hover(date, zone, now)}
      className={cn('whitespace-nowrap tabular-nums', className)}
    >
      {(now && formatAgo(date, now)) ?? `${formatTime(date, zone, 'day-time', now ?? date)} ${zone}`}
    </time>
  )
}

function hover(date: Date, zone: string, now: Date | null) {
  const there = `${formatTime(date, zone)} ${zone}`
  if (!now) return there
  const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return ownZone === zone ? `${there} (your time)` : `${there}\n${formatTime(date, ownZone)} ${ownZone} (your time)`
}
