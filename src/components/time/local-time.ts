import { Temporal } from 'temporal-polyfill'

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

// Browsers list some zones by names that IANA has long replaced; people look for the new ones.
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** The zone that this browser is set to, by its present name; UTC where it names none. */
export function browserZone(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (RENAMED[zone] ?? zone) || 'UTC'
}

let zones: readonly string[] | undefined

/** All IANA zones that this browser knows, by their present names, UTC among them. */
export function allZones(): readonly string[] {
  zones ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED[zone] ?? zone)])].sort()
  return zones
}
