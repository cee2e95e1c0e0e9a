const parts = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string) {
  let format = parts.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    parts.set(zone, format)
  }
  return format
}

function fields(at: Date, zone: string) {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const part of formatter(zone).formatToParts(at)) found[part.type] = part.value
  const { weekday = '', day = '', month = '', year = '', hour = '', minute = '', second = '' } = found
  return { weekday, day, month: month.slice(0, 3), year, hour, minute, second }
}

export type TimeStyle = 'day-time' | 'date-time' | 'day' | 'time' | 'seconds'

/**
 * "Mon 23 Nov 09:00" in a zone, without its name. The year is said only where it is another one than that of `now`, and in a
 * `date-time` always.
 * `at` may be a moment of any kind that `Date` takes.
 */
export function formatTime(at: Date | string | number, zone: string, style: TimeStyle = 'day-time', now?: Date) {
  const date = new Date(at)
  const f = fields(date, zone)
  const time = style === 'seconds' ? `${f.hour}:${f.minute}:${f.second}` : `${f.hour}:${f.minute}`
  if (style === 'time' || style === 'seconds') return time
  const isOther = now && fields(now, zone).year !== f.year
  const year = isOther || style === 'date-time' ? ` ${f.year}` : ''
  const day = `${f.weekday} ${f.day} ${f.month}${year}`
  return style === 'day' ? day : `${day} ${time}`
}

const steps: readonly (readonly [limit: number, size: number, unit: string])[] = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [86_400, 3600, 'h'],
  [30 * 86_400, 86_400, 'd'],
]

/** "12 s ago", "in 2 h", "just now". Beyond 30 days `null`: a date says more. */
export function formatAgo(at: Date | string | number, now: Date) {
  const seconds = (now.getTime() - new Date(at).getTime()) / 1000
  const distance = Math.abs(seconds)
  if (distance < 1) return 'just now'
  for (const [limit, size, unit] of steps) {
    if (distance >= limit) continue
    const amount = `${Math.floor(distance / size)} ${unit}`
    return seconds > 0 ? `${amount} ago` : `in ${amount}`
  }
  return null
}
