import type { FoundLead } from '@/domain/lead-generation/found-lead'

/** A found lead of which nothing is known yet. */
export const NOBODY: Omit<FoundLead, 'sourceRef'> = {
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
