import { normaliseCountry } from './country'
import { withoutDebris } from './debris'
import { normaliseDomain } from './email'
import type { LeadField } from './fields'
import { greetingName } from './person-name'

/** A value of no field of its own: one line of text, or null where it says nothing (`-`, `n/a`, `null`). */
export const normaliseText = (raw: string): string | null => withoutDebris(raw, 'custom')

/**
 * A telephone number as text. Apollo writes a `'` in front, so that spreadsheets keep the plus sign; null for what a
 * spreadsheet made of a long number, `4.94E+11`: its digits are lost.
 */
export function normalisePhone(raw: string): string | null {
  const text = withoutDebris(raw.replace(/^[\s']+/, ''), 'field')
  return text && /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text) ? null : text
}

/**
 * A web address with its scheme, without a lone slash at the end; null for anything that is not one. Of several the first.
 * Only http and https: the value becomes a link.
 */
export function normaliseWebsite(raw: string): string | null {
  // Exports of contacts escape the colon, web pages leave the scheme out: "https\://…", "//…".
  const text = withoutDebris(raw.replaceAll('\\:', ':'), 'field')?.replace(/^\/\//, 'https://')
  if (!text) return null
  if (!/[\s,;|]/.test(text)) return readWebsite(text)
  const [first = ''] = text.split(/[\s,;|]+/)
  // A word that is no address begins a sentence, and what follows is none either.
  return readWebsite(first)
}

function readWebsite(text: string): string | null {
  const withScheme = /^https?:\/\//i.test(text)
    ? text
    : /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)
      ? null
      : `https://${text}`
  if (!withScheme || !URL.canParse(withScheme)) return null
  const url = new URL(withScheme)
  if (!normaliseDomain(url.hostname) || url.username || url.password) return null
  return url.href.replace(/\/$/, '')
}

/** What else decides how a value is read. */
export type ValueContext = {
  /** The column holds two-letter codes: there NA is Namibia, elsewhere nothing. */
  countryCodes?: boolean
}

/** One of a lead's own fields in the form that is stored; null when it is empty. The address has its own rule. */
export function normaliseField(
  field: Exclude<LeadField, 'email'>,
  raw: string,
  { countryCodes = false }: ValueContext = {},
): string | null {
  switch (field) {
    case 'phone':
      return normalisePhone(raw)
    case 'website':
    case 'linkedinUrl':
      return normaliseWebsite(raw)
    case 'country': {
      if (countryCodes && /^\s*na\s*$/i.test(raw)) return 'NA'
      const text = withoutDebris(raw, 'field')
      return text && normaliseCountry(text)
    }
    case 'firstName': {
      const text = withoutDebris(raw, 'name')
      // What is no name to greet by stays as it was typed; emails do without it.
      return text && (greetingName(text) ?? text)
    }
    case 'lastName':
    case 'contactName':
      return withoutDebris(raw, 'name')
    default:
      return withoutDebris(raw, 'field')
  }
}

/** True for a column of country codes: its values are two letters, and one at least names a country besides NA. */
export const holdsCountryCodes = (values: readonly string[]): boolean => {
  const texts = values.map((value) => withoutDebris(value, 'field')).filter((text) => text !== null)
  return texts.length > 0 && texts.every((text) => /^[A-Z]{2}$/.test(text))
}
