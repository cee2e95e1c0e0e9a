import { DAY_MS } from '@/domain/time/duration'
import { zoneNamed } from '@/domain/time/timezone'
import { localMs, weekdayOf } from './wall-clock'

const LOCAL = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?$/

/**
 * The moment that "2026-11-23T09:00" names in a zone; null when it is no such time. In a clock change's gap it moves on,
 * in the hour that comes twice it is the first. The calendar of the domain (Temporal) reads it the same; browsers that
 * have none would have to load one for it.
 */
export function momentOf(local: string, zone: string): Date | null {
  const wall = wallOf(local)
  if (wall === null) return null
  try {
    const before = localMs(wall - DAY_MS, zone) - (wall - DAY_MS)
    const after = localMs(wall + DAY_MS, zone) - (wall + DAY_MS)
    const moments = [wall - before, wall - after].sort((a, b) => a - b)
    return new Date(moments.find((moment) => localMs(moment, zone) === wall) ?? wall - before)
  } catch {
    return null
  }
}

/** A local time as if it were one of UTC; null when the calendar has no such day, or the clock no such time. */
function wallOf(local: string): number | null {
  if (!LOCAL.test(local)) return null
  const wall = Date.parse(local.includes('T') ? `${local}Z` : `${local}T00:00Z`)
  return Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(local) ? null : wall
}

/** "2026-11-23T09:00", the format of date-and-time inputs. */
export const localOf = (at: Date, zone: string) => new Date(localMs(at.getTime(), zone)).toISOString().slice(0, 16)

/** "2026-11-23": the local day of a moment, in the format of date inputs. */
export const dayOf = (at: Date, zone: string) => localOf(at, zone).slice(0, 10)

/** The last minute of a local day: what is due on the day itself still counts. Null when it is no such day. */
export const endOfDay = (day: string, zone: string): Date | null => momentOf(`${day}T23:59`, zone)

/** Nine o'clock on the next day that is no weekend: what most people mean by "later". */
export function nextMorning(now: Date, zone: string): string {
  let day = localMs(now.getTime(), zone) + DAY_MS
  while (weekdayOf(day) > 5) day += DAY_MS
  return `${new Date(day).toISOString().slice(0, 10)}T09:00`
}

/** The zone that this browser is set to, by its present name; UTC where it names none. */
export const browserZone = (): string => zoneNamed(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC'
