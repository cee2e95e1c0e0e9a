import { normalised } from '../spelling'

const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'sv', 'da', 'nb', 'fi', 'cs', 'tr']

// Spellings that the locale data does not know. Keys are folded as `fold` does.
const ALIASES: Record<string, string> = {
  usa: 'US',
  us: 'US',
  unitedstatesofamerica: 'US',
  america: 'US',
  uk: 'GB',
  greatbritain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
  gbr: 'GB',
  deu: 'DE',
  ger: 'DE',
  aut: 'AT',
  che: 'CH',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  nld: 'NL',
  holland: 'NL',
  thenetherlands: 'NL',
  bel: 'BE',
  pol: 'PL',
  dnk: 'DK',
  swe: 'SE',
  nor: 'NO',
  fin: 'FI',
  can: 'CA',
  aus: 'AU',
  czechrepublic: 'CZ',
  czechia: 'CZ',
  turkey: 'TR',
  turkiye: 'TR',
  southkorea: 'KR',
  korea: 'KR',
  republicofkorea: 'KR',
  russianfederation: 'RU',
  uae: 'AE',
  hongkong: 'HK',
  macau: 'MO',
  ivorycoast: 'CI',
  macedonia: 'MK',
  republicofireland: 'IE',
  vietnam: 'VN',
  taiwan: 'TW',
}

const fold = (name: string) =>
  normalised(name, 'NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

let names: Map<string, string> | undefined
let codes: Set<string> | undefined

/**
 * The ISO 3166 two-letter code of a country given as a code or as a name in one of fourteen languages. A value that
 * is not known stays as it is, so that nothing a person typed is lost.
 */
export function normaliseCountry(value: string): string {
  if (!names || !codes) ({ names, codes } = buildIndex())
  const upper = value.trim().toUpperCase()
  if (codes.has(upper)) return upper
  const key = fold(value)
  return ALIASES[key] ?? names.get(key) ?? value
}

/** All two-letter codes that name a country. */
export function countryCodes(): readonly string[] {
  if (!names || !codes) ({ names, codes } = buildIndex())
  return [...codes]
}

/** The English name of a two-letter code, for people and for emails; anything else stays as it is. */
export function countryName(value: string): string {
  if (!/^[A-Z]{2}$/.test(value)) return value
  const known = said.get(value) ?? englishNames().of(value) ?? value
  said.set(value, known)
  return known
}

// Looked up for each email; there are a few hundred codes at most.
const said = new Map<string, string>()

let english: Intl.DisplayNames | undefined
const englishNames = () => {
  english ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })
  return english
}

function buildIndex() {
  const found = new Map<string, string>()
  const known = new Set<string>()
  const A = 'A'.charCodeAt(0)
  const all = LOCALES.map((locale) => new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }))
  for (let i = 0; i < 26 * 26; i++) {
    const code = String.fromCharCode(A + Math.floor(i / 26), A + (i % 26))
    // Withdrawn and grouping codes: UK and SU are aliases, EU, UN and EZ are no countries.
    if (['UK', 'SU', 'EU', 'UN', 'EZ', 'XA', 'XB', 'ZZ', 'QO', 'DD', 'YU', 'CS', 'FX'].includes(code)) continue
    for (const displayNames of all) {
      const name = displayNames.of(code)
      if (!name) continue
      known.add(code)
      if (!found.has(fold(name))) found.set(fold(name), code)
    }
  }
  return { names: found, codes: known }
}
