import { zoned } from './local-time'

/** Hours of a day in a zone, in minutes after midnight. */
export type Hours = { timezone: string; startMinute: number; endMinute: number }

// Where many recipients are, around the world; the first one that fits is named.
const PLACES = [
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Asia/Dubai',
  'Europe/London',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Pacific/Auckland',
  'Pacific/Honolulu',
  'Atlantic/Azores',
]

const DAY = 1440

/**
 * The same hours at a place where they do not pass midnight, for hours that end before they begin: 22:00 to 06:00 in Berlin
 * are 16:00 to 24:00 in New York. By the clocks of that day; null when they are a whole day, or fit nowhere.
 */
export function sameHoursElsewhere({ timezone, startMinute, endMinute }: Hours, at: Date): Hours | null {
  const length = (endMinute - startMinute + DAY) % DAY
  if (length === 0) return null
  for (const place of PLACES) {
    const start = (startMinute + minutesAhead(place, at) - minutesAhead(timezone, at) + 2 * DAY) % DAY
    if (start + length <= DAY) return { timezone: place, startMinute: start, endMinute: start + length }
  }
  return null
}

const minutesAhead = (timezone: string, at: Date) => zoned(at, timezone).offsetNanoseconds / 60e9
