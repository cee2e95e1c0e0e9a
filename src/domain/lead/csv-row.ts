import type { ColumnTarget } from './csv-mapping'
import { normaliseEmail } from './email'
import { FIELD_LABELS, LEAD_DETAILS, type LeadDetail, type LeadDraft } from './fields'
import { IMPORT_LIMITS } from './import-limits'
import { firstNameOf, normaliseField, normaliseText } from './normalise'

/** A row of a file as a lead, or why it is none; `email` is then what stands in the address column. */
export type RowResult = { ok: true; lead: LeadDraft } | { ok: false; email: string; problem: string }

/**
 * Reads one row by its column targets. Where several columns go to one field, the first with a value wins. A row with
 * more values than columns is refused: a stray delimiter has moved its values under the wrong names.
 */
export function leadFromRow(cells: readonly string[], targets: readonly ColumnTarget[]): RowResult {
  const rawEmail = firstFilled(cells, targets, 'email')
  const email = normaliseEmail(rawEmail)
  const refuse = (problem: string): RowResult => ({ ok: false, email: shown(rawEmail), problem })
  if (cells.slice(targets.length).some((cell) => cell.trim() !== '')) {
    return refuse(
      `The row has ${cells.length} values, but there are ${targets.length} columns: is a value with the delimiter missing its quotes?`,
    )
  }
  if (!email.ok) return refuse(email.problem)

  const details = {} as Record<LeadDetail, string | null>
  const customFields: Record<string, string> = {}
  for (const field of LEAD_DETAILS) details[field] = null
  for (const [index, target] of targets.entries()) {
    const cell = cells[index]
    if (cell === undefined || target === 'ignore' || target === 'email') continue
    if (target.startsWith('custom:')) {
      const key = target.slice('custom:'.length)
      const text = customFields[key] === undefined ? normaliseText(cell) : null
      if (!text) continue
      if (text.length > IMPORT_LIMITS.customFieldLength) return refuse(tooLong(key, IMPORT_LIMITS.customFieldLength))
      customFields[key] = text
    } else {
      const field = target as LeadDetail
      if (details[field] !== null) continue
      const text = normaliseField(field, cell)
      if (text && text.length > IMPORT_LIMITS.fieldLength)
        return refuse(tooLong(FIELD_LABELS[field], IMPORT_LIMITS.fieldLength))
      details[field] = text
    }
  }
  return { ok: true, lead: { email: email.email, ...completeNames(details), customFields } }
}

/** Fills the names that follow from the others: the contact from first and last name, the first name from the contact. */
export function completeNames<Details extends Record<'contactName' | 'firstName' | 'lastName', string | null>>(
  details: Details,
): Details {
  const joined = [details.firstName, details.lastName].filter(Boolean).join(' ') || null
  const contactName = details.contactName ?? joined
  // With a last name alone, the contact is that last name: nothing to greet with.
  const firstName = details.firstName ?? (details.contactName ? firstNameOf(details.contactName) : null)
  return { ...details, contactName, firstName }
}

function firstFilled(cells: readonly string[], targets: readonly ColumnTarget[], wanted: ColumnTarget): string {
  for (const [index, target] of targets.entries()) {
    const cell = cells[index]
    if (target === wanted && cell !== undefined && cell.trim() !== '') return cell
  }
  return ''
}

const shown = (raw: string) => [...(normaliseText(raw) ?? '')].slice(0, 254).join('')

const tooLong = (name: string, limit: number) => `${name} is longer than ${limit.toLocaleString('en-US')} characters`
