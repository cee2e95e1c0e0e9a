import { formatTime } from '@/components/ui/zoned-time'

/** "Mon 23 Nov 09:00 Europe/Berlin", for sentences. */
export const momentWords = (at: Date, zone: string, now?: Date) => `${formatTime(at, zone, 'day-time', now)} ${zone}`

const UNITS: readonly (readonly [seconds: number, word: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
]

/** A length of time in its two largest units: 7500 -> "2 h 5 min". Below a minute: "less than a minute". */
export function durationWords(seconds: number): string {
  const words: string[] = []
  let left = Math.round(seconds)
  for (const [size, unit] of UNITS) {
    const amount = Math.floor(left / size)
    left -= amount * size
    if (amount > 0) words.push(`${amount} ${unit}`)
    else if (words.length > 0) break
    if (words.length === 2) break
  }
  return words.join(' ') || 'less than a minute'
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

type Window = { windowDays: readonly number[]; windowStartMinute: number; windowEndMinute: number }

/** ISO weekdays in short: [1,2,3,4,5] -> "Mon–Fri", [1,3] -> "Mon, Wed". */
function weekdayWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const first = sorted[0]
  const last = sorted.at(-1)
  if (first === undefined || last === undefined) return 'never'
  const name = (day: number) => WEEKDAYS[day - 1] ?? ''
  const unbroken = last - first === sorted.length - 1
  return sorted.length > 2 && unbroken ? `${name(first)}–${name(last)}` : sorted.map(name).join(', ')
}

const isAllDay = ({ windowStartMinute, windowEndMinute }: Window) => windowStartMinute === 0 && windowEndMinute === 1440
const isAlwaysOpen = (window: Window) => isAllDay(window) && window.windowDays.length === 7

/** "Mon–Fri 09:00–17:00"; "at any time" when nothing is closed. */
export function windowWords(window: Window): string {
  const { windowDays, windowStartMinute, windowEndMinute } = window
  if (isAlwaysOpen(window)) return 'at any time'
  return isAllDay(window)
    ? weekdayWords(windowDays)
    : `${weekdayWords(windowDays)} ${clock(windowStartMinute)}–${clock(windowEndMinute)}`
}

/** The same with the zone that it is meant in, which what is always open does not need. */
export const zonedWindowWords = (window: Window & { timezone: string }): string =>
  isAlwaysOpen(window) ? windowWords(window) : `${windowWords(window)} ${window.timezone}`
