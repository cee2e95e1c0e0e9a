import { oneLine } from '../message/variables'
import { normaliseCountry } from './country'
import { normaliseDomain } from './email'
import type { LeadField } from './fields'

const HONORIFICS = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'prof',
  'sir',
  'herr',
  'frau',
  'ing',
  'dipl',
  'mme',
  'm',
  'sr',
  'sra',
])
// Placeholders that exports write where nothing is known.
const PLACEHOLDERS = new Set(['', '-', '–', '—', 'n/a', '#n/a', 'null', 'undefined', 'none', 'nan'])

/** One line of text without control characters; null when it is blank or a placeholder (`-`, `n/a`, `null`). */
export function normaliseText(raw: string): string | null {
  const text = oneLine(raw)
  return PLACEHOLDERS.has(text.toLowerCase()) ? null : text
}

/** A telephone number as text. Apollo writes a `'` in front, so that spreadsheets keep the plus sign. */
export const normalisePhone = (raw: string): string | null => normaliseText(raw.replace(/^[\s']+/, ''))

/**
 * A web address with its scheme, without a lone slash at the end; null for anything that is not one. Only http and
 * https: the value becomes a link.
 */
export function normaliseWebsite(raw: string): string | null {
  const text = normaliseText(raw)
  if (!text || /\s/.test(text)) return null
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

/** The first name in a full name, where it is sure enough: "Dr. Ada Winter" and "Winter, Ada" give Ada, "A. Winter" none. */
export function firstNameOf(fullName: string): string | null {
  const [beforeComma = '', afterComma] = fullName.split(',', 2)
  const words = (afterComma?.trim() || beforeComma).trim().split(/\s+/)
  while (words.length > 1 && HONORIFICS.has((words[0] ?? '').toLowerCase().replace(/\./g, ''))) words.shift()
  const first = words[0] ?? ''
  // A lone word may be a last name or a company; an initial is nothing to greet with.
  if (words.length < 2 && !afterComma?.trim()) return null
  return /^\p{L}[\p{L}\p{M}'’-]+$/u.test(first) ? first : null
}

/** One of a lead's own fields in the form that is stored; null when it is empty. The address has its own rule. */
export function normaliseField(field: Exclude<LeadField, 'email'>, raw: string): string | null {
  switch (field) {
    case 'phone':
      return normalisePhone(raw)
    case 'website':
    case 'linkedinUrl':
      return normaliseWebsite(raw)
    case 'country': {
      const text = normaliseText(raw)
      return text && normaliseCountry(text)
    }
    default:
      return normaliseText(raw)
  }
}
