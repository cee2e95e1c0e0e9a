import { cutText } from '../cut-text'
import { DomainError } from '../errors'
import { customFieldKey, VARIABLE_NAMES } from '../message/variables'
import { customFieldsProblem } from './custom-fields'
import { normaliseEmail } from './email'
import { FIELD_LABELS, LEAD_DETAILS, type LeadDetail } from './fields'
import { IMPORT_LIMITS } from './import-limits'
import { normaliseField, normaliseText } from './normalise'

/** Details of a lead as a person typed them; absent fields stay as they are, null and blank ones are emptied. */
export type LeadEdit = Partial<Record<LeadDetail, string | null | undefined>> & {
  customFields?: Record<string, string> | undefined
}

const invalid = (field: string, problem: string) =>
  new DomainError('invalid_input', `${problem} Nothing was saved. Correct it and save again.`, { field })

/** The address in its stored spelling. @throws {DomainError} invalid_input */
export function requireEmail(raw: string): string {
  const result = normaliseEmail(raw)
  if (!result.ok) throw invalid('email', `${result.problem}.`)
  return result.email
}

/** Fields that may hold more than they can take, and what they take. */
const NOT_READ: Partial<Record<LeadDetail, string>> = {
  website: 'web address',
  linkedinUrl: 'web address',
  phone: 'telephone number',
}

/**
 * The details in the form that is stored. A web address that is none is refused here, while an import leaves it out.
 * @throws {DomainError} invalid_input
 */
export function normaliseDetails(edit: LeadEdit): Partial<Record<LeadDetail, string | null>> {
  const details: Partial<Record<LeadDetail, string | null>> = {}
  for (const field of LEAD_DETAILS) {
    const raw = edit[field]
    if (raw === undefined) continue
    // A form has its country from a list or from what was stored, so that NA is Namibia.
    const value = raw === null ? null : normaliseField(field, raw, { countryCodes: true })
    const kind = NOT_READ[field]
    if (kind && value === null && raw && normaliseText(raw) !== null) {
      throw invalid(field, `${FIELD_LABELS[field]}: "${cutText(raw, 60)}" is not a ${kind}.`)
    }
    if (value && value.length > IMPORT_LIMITS.fieldLength) {
      throw invalid(field, `${FIELD_LABELS[field]} is longer than ${IMPORT_LIMITS.fieldLength} characters.`)
    }
    details[field] = value
  }
  return details
}

/** Custom fields under keys that templates can name, blank ones left out. @throws {DomainError} invalid_input */
export function normaliseCustomFields(fields: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [label, raw] of Object.entries(fields)) {
    const key = customFieldKey(label)
    if (!key) throw invalid(label, `"${label}" cannot name a custom field: it has no letter or digit.`)
    if (VARIABLE_NAMES.has(key))
      throw invalid(label, `"${key}" cannot name a custom field: a fixed variable has that name.`)
    const value = normaliseText(raw)
    if (!value) continue
    if (value.length > IMPORT_LIMITS.customFieldLength) {
      throw invalid(label, `${key} is longer than ${IMPORT_LIMITS.customFieldLength} characters.`)
    }
    kept[key] = value
  }
  const problem = customFieldsProblem(kept)
  if (problem) throw invalid('customFields', `${problem}.`)
  return kept
}
