import { DAY_MS } from '@/domain/time/duration'

const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
const QUARTER_MS = 900_000

/** Date and time on the wall of a zone: `date` as `YYYY-MM-DD`, `weekday` 1 (Monday) to 7, milliseconds of the day. */
export type WallClock = { date: string; weekday: number; ms: number }

/** Milliseconds ahead of UTC, by the platform's own tables. Zones have changed theirs at quarter hours only. */
function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'medium' })
  formats.set(zone, format)
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] =
    format.format(quarter).match(/\d+/g)?.map(Number) ?? []
  const offset = Date.UTC(2000 + year, month - 1, day, hour, minute, second) - quarter
  if (offsets.size > 200_000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** Reads the wall clock of a zone at an instant. */
export function wallClock(at: Date, zone: string): WallClock {
  const local = new Date(at.getTime() + offsetAt(at.getTime(), zone))
  return {
    date: local.toISOString().slice(0, 10),
    weekday: local.getUTCDay() || 7,
    ms: local.getTime() - Math.floor(local.getTime() / DAY_MS) * DAY_MS,
  }
}

/** When the zone's clocks show this: the first time of two; where they skip it, as much later as they skip. */
export function instantAt(date: string, ms: number, zone: string): Date {
  const local = Date.parse(`${date}T00:00:00Z`) + ms
  const before = local - offsetAt(local - DAY_MS, zone)
  const after = local - offsetAt(local + DAY_MS, zone)
  const shows = (at: number) => at + offsetAt(at, zone) === local
  const valid = [before, after].filter(shows)
  return new Date(valid.length > 0 ? Math.min(...valid) : before)
}

/** The date so many days later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
