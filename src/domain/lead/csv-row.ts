import { cutText } from '../cut-text'
import { oneLine } from '../message/variables'
import type { ColumnTarget } from './csv-mapping'
import { customFieldsProblem } from './custom-fields'
import { readable } from './debris'
import { type EmailResult, normaliseEmail, severalAddresses } from './email'
import { FIELD_LABELS, LEAD_DETAILS, type LeadDetail, type LeadDraft } from './fields'
import { IMPORT_LIMITS } from './import-limits'
import { normaliseField, normaliseText, type ValueContext } from './normalise'
import { firstNameOf, spokenName } from './person-name'

/** What was done to a value so that the row could be taken, with the column it stands in. */
export type ValueChange = { column: number; kind: ChangeKind; value: string }

/**
 * `emptied`: debris, or nothing that the field can take. `shortened`: longer than a custom field may be. `first_taken`: the
 * first of several addresses.
 */
export type ChangeKind = 'emptied' | 'shortened' | 'first_taken'

/** A row of a file as a lead, or why it is none; `email` is then what stands in the address column. */
export type RowResult =
  | { ok: true; lead: LeadDraft; changes: readonly ValueChange[] }
  | { ok: false; email: string; problem: string }

/** What is known of the columns besides their targets. */
export type RowReading = ValueContext & {
  /** In which order the columns fill a field that several go to; as they stand without. */
  order?: readonly number[]
}

/**
 * Reads one row by its column targets. Where several columns go to one field, the first with a value wins. A row with
 * more values than columns is refused: a stray delimiter has moved its values under the wrong names.
 */
export function leadFromRow(
  cells: readonly string[],
  targets: readonly ColumnTarget[],
  reading: RowReading = {},
): RowResult {
  const address = readAddress(cells, targets)
  const { email } = address
  const refuse = (problem: string): RowResult => ({ ok: false, email: shown(address.raw), problem })
  if (cells.slice(targets.length).some((cell) => cell.trim() !== '')) {
    return refuse(
      `The row has ${cells.length} values, but there are ${targets.length} columns: is a value with the delimiter missing its quotes?`,
    )
  }
  if (!email.ok) return refuse(email.problem)

  const changes: ValueChange[] = [...address.changes]
  const details = {} as Record<LeadDetail, string | null>
  const customFields: Record<string, string> = {}
  for (const field of LEAD_DETAILS) details[field] = null
  for (const index of reading.order ?? targets.keys()) {
    const target = targets[index]
    const cell = cells[index]
    if (cell === undefined || cell === '' || !target || target === 'ignore' || target === 'email') continue
    if (target.startsWith('custom:')) {
      const key = target.slice('custom:'.length)
      const text = customFields[key] === undefined ? customText(cell, index, changes) : null
      if (text) customFields[key] = text
    } else {
      const field = target as LeadDetail
      if (details[field] !== null) continue
      const first = firstOf(cell)
      const text = normaliseField(field, readable(first), reading)
      if ((text && text.length > IMPORT_LIMITS.fieldLength) || isCut(first))
        return refuse(tooLong(FIELD_LABELS[field], IMPORT_LIMITS.fieldLength))
      if (text === null) noteEmptied(changes, index, readable(cell))
      details[field] = text
    }
  }
  const problem = customFieldsProblem(customFields)
  if (problem) return refuse(problem)
  if (email.name && !details.contactName && !details.firstName && !details.lastName)
    details.contactName = normaliseField('contactName', email.name)
  return { ok: true, lead: { email: email.email, ...completeNames(details), customFields }, changes }
}

/** The first address of the row: of its address columns in their order, and of several in one cell. */
function readAddress(cells: readonly string[], targets: readonly ColumnTarget[]) {
  let first: { raw: string; email: EmailResult; changes: ValueChange[] } | null = null
  for (const [column, target] of targets.entries()) {
    const raw = cells[column]
    if (target !== 'email' || raw === undefined || raw.trim() === '') continue
    const [one] = severalAddresses(raw)
    const changes: ValueChange[] = one === undefined ? [] : [{ column, kind: 'first_taken', value: oneLine(raw) }]
    const read = { raw, email: one ?? normaliseEmail(raw), changes }
    if (read.email.ok) return read
    first ??= read
  }
  return first ?? { raw: '', email: normaliseEmail(''), changes: [] }
}

// Google Contacts puts all telephone numbers of a kind into one cell, between blanks.
const SEVERAL = /(?<=\s):::(?=\s)/

const partsOf = (cell: string) => cell.split(SEVERAL).map((part) => part.trim())

const firstOf = (cell: string) => (cell.includes(':::') ? (partsOf(cell)[0] ?? '') : cell)

const isCut = (cell: string) => cell.length > IMPORT_LIMITS.valueLength && cell.trim() !== readable(cell)

function customText(cell: string, column: number, changes: ValueChange[]): string | null {
  const read = readable(cell)
  const text = normaliseText(read.includes(':::') ? partsOf(read).filter(Boolean).join(', ') : read)
  if (text === null) noteEmptied(changes, column, read)
  if (!text || (text.length <= IMPORT_LIMITS.customFieldLength && !isCut(cell))) return text
  changes.push({ column, kind: 'shortened', value: text })
  return `${cutText(text, IMPORT_LIMITS.customFieldLength - 1).trimEnd()}…`
}

function noteEmptied(changes: ValueChange[], column: number, cell: string) {
  const value = oneLine(cell)
  if (value !== '') changes.push({ column, kind: 'emptied', value })
}

/**
 * Fills the names that follow from the others: the contact from first and last name, the first name from the contact, and
 * from a contact with the family name in front both in the order in which they are spoken.
 */
export function completeNames<Details extends Record<'contactName' | 'firstName' | 'lastName', string | null>>(
  details: Details,
): Details {
  const { contactName: contact, lastName } = details
  const { name, family } = contact === null ? { name: null, family: null } : spokenName(contact)
  // With a last name alone, the contact is that last name: nothing to greet with.
  const guessed = contact === null || contact === lastName ? null : firstNameOf(contact)
  return {
    ...details,
    contactName: name ?? joinNames(details.firstName, lastName),
    firstName: details.firstName ?? guessed,
    lastName: lastName ?? family,
  }
}

const SHOWN = 254

const shown = (raw: string) => [...(normaliseText(raw.trim().slice(0, 4 * SHOWN)) ?? '')].slice(0, SHOWN).join('')

const tooLong = (name: string, limit: number) => `${name} is longer than ${limit.toLocaleString('en-US')} characters`

/** The family name stands first where the script does it so. */
function joinNames(first: string | null, last: string | null): string | null {
  const names = [first, last].filter((name) => name !== null && name !== '')
  const familyFirst = names.some((name) =>
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(name ?? ''),
  )
  return (familyFirst ? names.reverse() : names).join(' ') || null
}
