import { completeNames } from '../lead/csv-row'
import { normaliseEmail } from '../lead/email'
import { LEAD_DETAILS, type LeadDetail, type LeadDraft } from '../lead/fields'
import { IMPORT_LIMITS } from '../lead/import-limits'
import { normaliseField } from '../lead/normalise'
import type { FoundLead } from './found-lead'

/** A found person with a usable address, normalised, not yet stored. */
export type FoundDraft = Pick<FoundLead, 'sourceRef' | 'emailConfidence' | 'fieldsToClear'> & { lead: LeadDraft }

export type SortedFound = {
  drafts: FoundDraft[]
  /** Same address or reference as one before it in this response. */
  repeated: number
  invalid: number
  noAddress: number
  overCap: number
}

/** Sorts a response: leads beyond `wanted`, leads without a usable address, repetitions, and the rest. */
export function sortFound(found: readonly FoundLead[], wanted: number): SortedFound {
  const sorted: SortedFound = { drafts: [], repeated: 0, invalid: 0, noAddress: 0, overCap: 0 }
  const seen = new Set<string>()
  for (const [place, one] of found.entries()) {
    if (place >= wanted) {
      sorted.overCap++
      continue
    }
    const email = one.email === null ? null : normaliseEmail(one.email)
    if (!email?.ok || one.emailInvalid) {
      sorted.invalid++
      if (email === null) sorted.noAddress++
      continue
    }
    if (seen.has(email.email) || seen.has(one.sourceRef)) {
      sorted.repeated++
      continue
    }
    seen.add(email.email).add(one.sourceRef)
    const { sourceRef, fieldsToClear } = one
    const emailConfidence = one.emailConfidence === null ? null : Math.round(one.emailConfidence)
    sorted.drafts.push({ sourceRef, emailConfidence, fieldsToClear, lead: draftOf(one, email.email) })
  }
  return sorted
}

function draftOf(found: FoundLead, email: string): LeadDraft {
  const details = {} as Record<LeadDetail, string | null>
  for (const field of LEAD_DETAILS) {
    const text = found[field] === null ? null : normaliseField(field, found[field], { countryCodes: true })
    // Nonsensical details are left out; the person is not.
    details[field] = text && text.length <= IMPORT_LIMITS.fieldLength ? text : null
  }
  return { email, ...completeNames(details), customFields: {} }
}
