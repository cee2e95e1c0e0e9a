import type { LeadDetail } from '../lead/fields'

/** What a source says of one person, as it says it: not yet normalised, checked or stored. */
export type FoundLead = {
  /** The source's own name for it: a person id, a place id, `domain#address`, `place id#address`. */
  sourceRef: string
  /** Null when the source knows the company but nobody to write to. */
  email: string | null
  /** 0 to 100; null when the source does not say. */
  emailConfidence: number | null
  /** The source says that the address cannot be reached. */
  emailInvalid: boolean
  /** Details that the source's terms let nobody keep for ever: stored with the lead, cleared after the retention. */
  fieldsToClear: LeadDetail[]
} & Record<LeadDetail, string | null>
