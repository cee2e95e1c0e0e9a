import type { LeadDetail } from '../lead/fields'

/** One person or company as a source describes it: not yet normalised, checked or stored. */
export type FoundLead = {
  /** The source's own name for it: a person id, a place id, `domain#address`, `place id#address`. */
  sourceRef: string
  /** Null when the source knows the company but no address. */
  email: string | null
  /** 0 to 100; null when the source does not state it. */
  emailConfidence: number | null
  /** The address cannot be reached, according to the source. */
  emailInvalid: boolean
  /** Details that the source's terms allow to keep for a time only: stored with the lead, cleared after the retention. */
  fieldsToClear: LeadDetail[]
} & Record<LeadDetail, string | null>

/** A found lead of which only the reference is to be added. */
export const EMPTY_FOUND_LEAD: Omit<FoundLead, 'sourceRef'> = {
  email: null,
  emailConfidence: null,
  emailInvalid: false,
  fieldsToClear: [],
  companyName: null,
  contactName: null,
  firstName: null,
  lastName: null,
  jobTitle: null,
  phone: null,
  website: null,
  industry: null,
  city: null,
  country: null,
  linkedinUrl: null,
}
