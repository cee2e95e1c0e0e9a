import { countryCodes, countryName } from '@/domain/lead/country'
import { RENAMED_ZONES, zoneNamed } from '@/domain/time/timezone'

/** A zone as lists show it, and the words by which people look for it. */
type Zone = { name: string; city: string; label: string; aliases: readonly string[]; countries: readonly string[] }

// Where people mean one place by three letters, it is named first.
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  ist: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  cet: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome'],
  cest: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid', 'Europe/Rome'],
  mez: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  mesz: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  wet: ['Europe/Lisbon'],
  eet: ['Europe/Helsinki', 'Europe/Athens', 'Europe/Kyiv'],
  msk: ['Europe/Moscow'],
  trt: ['Europe/Istanbul'],
  gmt: ['Europe/London', 'Africa/Accra'],
  bst: ['Europe/London', 'Asia/Dhaka'],
  est: ['America/New_York', 'America/Toronto'],
  edt: ['America/New_York', 'America/Toronto'],
  et: ['America/New_York'],
  cst: ['America/Chicago', 'Asia/Shanghai'],
  cdt: ['America/Chicago'],
  mst: ['America/Denver', 'America/Phoenix'],
  mdt: ['America/Denver'],
  pst: ['America/Los_Angeles', 'America/Vancouver'],
  pdt: ['America/Los_Angeles', 'America/Vancouver'],
  pt: ['America/Los_Angeles'],
  brt: ['America/Sao_Paulo'],
  art: ['America/Argentina/Buenos_Aires'],
  gst: ['Asia/Dubai'],
  pkt: ['Asia/Karachi'],
  npt: ['Asia/Kathmandu'],
  ict: ['Asia/Bangkok', 'Asia/Ho_Chi_Minh'],
  wib: ['Asia/Jakarta'],
  sgt: ['Asia/Singapore'],
  hkt: ['Asia/Hong_Kong'],
  pht: ['Asia/Manila'],
  kst: ['Asia/Seoul'],
  jst: ['Asia/Tokyo'],
  aest: ['Australia/Sydney', 'Australia/Brisbane'],
  aedt: ['Australia/Sydney'],
  acst: ['Australia/Adelaide', 'Australia/Darwin'],
  awst: ['Australia/Perth'],
  nzst: ['Pacific/Auckland'],
  nzdt: ['Pacific/Auckland'],
  sast: ['Africa/Johannesburg'],
  eat: ['Africa/Nairobi'],
  wat: ['Africa/Lagos'],
  cat: ['Africa/Maputo', 'Africa/Harare'],
}

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim()

let known: Zone[] | undefined

/** All IANA zones that this browser knows, by their present names, UTC among them. */
export const allZones = (): readonly string[] => zones().map(({ name }) => name)

function zones(): readonly Zone[] {
  if (known) return known
  const old = new Map<string, string[]>()
  for (const [before, now] of Object.entries(RENAMED_ZONES)) old.set(now, [...(old.get(now) ?? []), fold(before)])
  const countries = countriesByZone()
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED_ZONES[zone] ?? zone)])
  known = [...names].sort().map((name) => ({
    name,
    city: fold(name.slice(name.lastIndexOf('/') + 1)),
    label: fold(name),
    aliases: (old.get(name) ?? []).flatMap((alias) => [alias, alias.slice(alias.lastIndexOf('/') + 1)]),
    countries: countries.get(name) ?? [],
  }))
  return known
}

type LocaleWithZones = Intl.Locale & { getTimeZones?: () => string[] | undefined }

/** Countries of each zone, where the browser knows them. */
function countriesByZone(): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const code of countryCodes()) {
    const locale: LocaleWithZones = new Intl.Locale(`und-${code}`)
    for (const zone of locale.getTimeZones?.() ?? []) {
      const name = RENAMED_ZONES[zone] ?? zone
      found.set(name, [...(found.get(name) ?? []), fold(countryName(code))])
    }
  }
  return found
}

const OFFSET = /^(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?$/

/**
 * The zones that fit what was typed, the fittest first: by city, present or old name, country, abbreviation ("IST"), or offset
 * at `now` ("UTC+2"). All of them where nothing was typed.
 */
export function searchZones(typed: string, now: Date): readonly string[] {
  const query = fold(typed)
  if (query === '') return allZones()
  const offset = OFFSET.exec(query)
  if (offset) return zonesAt(offset, now)
  const named = ABBREVIATIONS[query] ?? []
  const ranked = zones()
    .filter(({ name }) => !named.includes(name))
    .map((zone) => ({ name: zone.name, rank: rankOf(zone, query) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank)
  return [...named, ...ranked.map(({ name }) => name)]
}

function rankOf({ city, label, aliases, countries }: Zone, query: string): number {
  if (city === query || label === query || aliases.includes(query)) return 0
  if (countries.includes(query)) return 1
  if (city.startsWith(query)) return 2
  if (aliases.some((alias) => alias.startsWith(query))) return 3
  if (countries.some((country) => country.startsWith(query))) return 4
  if (label.includes(query)) return 5
  return aliases.some((alias) => alias.includes(query)) || countries.some((country) => country.includes(query))
    ? 6
    : Number.POSITIVE_INFINITY
}

function zonesAt([, sign, hours = '0', minutes = '0']: RegExpExecArray, now: Date): string[] {
  const wanted = (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes))
  return allZones().filter((zone) => offsetOf(zone, now) === wanted)
}

/** Minutes east of UTC. */
function offsetOf(zone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now)
  const [, sign, hours = '0', minutes = '0'] =
    /GMT([+-])(\d{2}):(\d{2})/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '') ?? []
  return sign ? (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) : 0
}

/** The present name of a stored zone; what is none stays, so that it is seen. */
export const presentZone = (zone: string): string => zoneNamed(zone) ?? zone
