import { Temporal } from 'temporal-polyfill'
import { zoneNamed } from '@/domain/time/timezone'

/** The moment that "2026-11-23T09:00" names in a zone; null when it is no such time. In a clock change's gap it moves on. */
export function momentOf(local: string, zone: string): Date | null {
  try {
    return new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds)
  } catch {
    return null
  }
}

/** "2026-11-23T09:00", the format of date-and-time inputs. */
export const localOf = (at: Date, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })

/** "2026-11-23": the local day of a moment, in the format of date inputs. */
export const dayOf = (at: Date, zone: string) => localOf(at, zone).slice(0, 10)

/** The last minute of a local day: what is due on the day itself still counts. Null when it is no such day. */
export const endOfDay = (day: string, zone: string): Date | null => momentOf(`${day}T23:59`, zone)

/** Nine o'clock on the next day that is no weekend: what most people mean by "later". */
export function nextMorning(now: Date, zone: string): string {
  let day = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 })
  while (day.dayOfWeek > 5) day = day.add({ days: 1 })
  return `${day.toString()}T09:00`
}

/** The zone that this browser is set to, by its present name; UTC where it names none. */
export const browserZone = (): string => zoneNamed(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC'
