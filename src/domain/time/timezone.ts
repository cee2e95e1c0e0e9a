// Platforms call some zones by names that IANA has long replaced; people look for the new ones, and write either.
export const RENAMED_ZONES: Readonly<Record<string, string>> = {
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

/**
 * The present name of an IANA time zone that is given by its present name, an old one or a link, in any case; null for
 * anything else. An offset is none: it knows no summer time, and the database reads its sign the other way round.
 */
export function zoneNamed(value: string): string | null {
  if (isOffset(value)) return null
  try {
    const known = Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
    return isOffset(known) ? null : (RENAMED_ZONES[known] ?? known)
  } catch {
    return null
  }
}

/** Whether a text is an offset, as in "UTC+2". */
export const isOffset = (value: string) => /^\s*(?:utc|gmt)?\s*[+\-−]\s*\d/i.test(value)

/** True for what `zoneNamed` understands. */
export const isTimezone = (value: string): boolean => zoneNamed(value) !== null
