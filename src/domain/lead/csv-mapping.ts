import { customFieldKey, isCustomFieldKey, VARIABLE_NAMES } from '../message/variables'
import { foldHeader, HEADERS, isLabel, NOISE, NUMBERED_EMAILS, OF_MAP_SEARCHES, PREFERRED } from './csv-headers'
import { guessByRows } from './csv-shapes'
import { normaliseEmail } from './email'
import { FIELD_LABELS, LEAD_FIELDS, type LeadField } from './fields'

/** Where a column's values go: one of the lead's fields, a custom field by its key, or nowhere. */
export type ColumnTarget = LeadField | `custom:${string}` | 'ignore'

/** A column of a file: what the header calls it, empty without one, and up to three different values of it. */
export type CsvColumn = { name: string; samples: readonly string[] }

export type MappedColumn = CsvColumn & { target: ColumnTarget }

/** Several columns may fill these: the first that has a value in a row wins, in the order of the columns. */
const WITH_FALLBACKS: ReadonlySet<LeadField> = new Set(['companyName', 'phone', 'city', 'country', 'linkedinUrl'])

const WHOLE_NAMES: ReadonlySet<string> = new Set(['이름', '名前', '名字', '名', 'nome', 'isim'])

/** True for a header that names the column of addresses; the line with one is the header line. */
export const isEmailHeader = (header: string) => HEADERS.email.includes(foldHeader(header))

/**
 * Guesses where each column goes: by its header, and for addresses by its values where no header names them. An unknown
 * column becomes a custom field under its own name, or is ignored where that name is empty or taken. Columns without any
 * header are told by `rows`, the first ones of the file.
 */
export function guessTargets(columns: readonly CsvColumn[], rows: readonly (readonly string[])[] = []): ColumnTarget[] {
  if (columns.length > 0 && columns.every(({ name }) => name === '')) return guessByRows(columns.length, rows)
  const folded = foldColumns(columns)
  const targets = new Array<ColumnTarget | undefined>(columns.length)
  for (const field of LEAD_FIELDS) {
    for (const header of HEADERS[field]) {
      const index = folded.findIndex((name, i) => name === header && targets[i] === undefined)
      if (index === -1) continue
      targets[index] = field
      if (!WITH_FALLBACKS.has(field)) break
    }
  }
  // Without a column of family names these hold whole names.
  if (!targets.includes('lastName') && !targets.includes('contactName')) {
    for (const [i, name] of folded.entries()) if (WHOLE_NAMES.has(name)) targets[i] = 'contactName'
  }
  if (folded.some((name, i) => targets[i] === 'email' && NUMBERED_EMAILS.has(name))) {
    for (const [i, name] of folded.entries()) if (NUMBERED_EMAILS.has(name)) targets[i] ??= 'email'
  }
  if (!targets.includes('email')) {
    const index = columns.findIndex((column, i) => targets[i] === undefined && looksLikeAddresses(column))
    if (index !== -1) targets[index] = 'email'
  }
  const custom = customTargets(columns, folded, targets)
  return columns.map((_, i) => targets[i] ?? custom[i] ?? 'ignore')
}

/** The order in which a row's columns are read where several fill one field: preferred ones first, then as they stand. */
export function readingOrder(columns: readonly CsvColumn[]): number[] {
  const isPreferred = columns.map(({ name }) => PREFERRED.has(foldHeader(name)))
  const all = [...columns.keys()]
  return [...all.filter((i) => isPreferred[i]), ...all.filter((i) => !isPreferred[i])]
}

function foldColumns(columns: readonly CsvColumn[]): string[] {
  const folded = columns.map(foldColumn)
  // What a map search found is a company, whatever it calls the name.
  if (!folded.some((name) => OF_MAP_SEARCHES.has(name)) || folded.some((name) => HEADERS.companyName.includes(name))) {
    return folded
  }
  const name = folded.indexOf('name') === -1 ? folded.indexOf('title') : folded.indexOf('name')
  return folded.map((header, i) => (i === name ? 'companyname' : header))
}

// Exports call a LinkedIn page "URL" or "companyUrl", which elsewhere name the website: the values decide.
function foldColumn({ name, samples }: CsvColumn): string {
  const header = foldHeader(name)
  const onLinkedIn = samples.some((sample) => /linkedin\.com\//i.test(sample))
  if (header === 'url') return onLinkedIn ? 'linkedinprofileurl' : 'websiteurl'
  return onLinkedIn && HEADERS.website.includes(header) ? '' : header
}

const looksLikeAddresses = ({ samples }: CsvColumn) =>
  samples.length > 0 && samples.every((sample) => normaliseEmail(sample).ok)

// Signs that tell two columns of one name apart: turnover in € and in $.
const SIGNS: readonly (readonly [string, string])[] = [
  ['€', ' eur '],
  ['$', ' usd '],
  ['£', ' gbp '],
  ['¥', ' jpy '],
  ['%', ' percent '],
  ['#', ' number '],
]

const withSigns = (name: string) => SIGNS.reduce((text, [sign, word]) => text.replaceAll(sign, word), name)

/** Custom fields of the columns that have no other target: two columns never share a key, whatever they are called. */
function customTargets(
  columns: readonly CsvColumn[],
  folded: readonly string[],
  targets: readonly (ColumnTarget | undefined)[],
): (ColumnTarget | undefined)[] {
  const keys = columns.map(({ name }, i) => {
    const header = folded[i] ?? ''
    return targets[i] || NOISE.has(header) || isLabel(header) ? null : customFieldKey(name)
  })
  const times = new Map<string, number>()
  for (const key of keys) if (key) times.set(key, (times.get(key) ?? 0) + 1)
  const taken = new Set<string>()
  return columns.map(({ name }, i) => {
    const plain = keys[i]
    if (!plain) return undefined
    const key = (times.get(plain) ?? 0) > 1 ? (customFieldKey(withSigns(name)) ?? plain) : plain
    // A custom field never replaces a fixed variable, so one of that name could never be used.
    if (VARIABLE_NAMES.has(key)) return undefined
    const free = freeKey(key, taken)
    taken.add(free)
    return `custom:${free}` as const
  })
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? key : `${[...key].slice(0, 55).join('')}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}

/** True for a target that can be stored: a field, `ignore`, or `custom:` with a key that templates can name. */
export const isColumnTarget = (target: string): target is ColumnTarget =>
  target === 'ignore' ||
  (LEAD_FIELDS as readonly string[]).includes(target) ||
  (target.startsWith('custom:') && isCustomFieldKey(target.slice('custom:'.length)))

/** A target in words: "Company", "Custom field deal_size", "Ignored". */
export const targetLabel = (target: ColumnTarget) =>
  target === 'ignore'
    ? 'Ignored'
    : target.startsWith('custom:')
      ? `Custom field ${target.slice(7)}`
      : FIELD_LABELS[target as LeadField]
