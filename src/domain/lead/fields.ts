/** A lead's own fields, in the order in which people read them. Every other column of a file is a custom field. */
export const LEAD_FIELDS = [
  'email',
  'companyName',
  'contactName',
  'firstName',
  'lastName',
  'jobTitle',
  'phone',
  'website',
  'industry',
  'city',
  'country',
  'linkedinUrl',
] as const

export type LeadField = (typeof LEAD_FIELDS)[number]

/** Everything but the address: what an import may fill and a person may edit. */
export type LeadDetail = Exclude<LeadField, 'email'>

export const LEAD_DETAILS = LEAD_FIELDS.filter((field): field is LeadDetail => field !== 'email')

export const FIELD_LABELS: Record<LeadField, string> = {
  email: 'Email',
  companyName: 'Company',
  contactName: 'Contact',
  firstName: 'First name',
  lastName: 'Last name',
  jobTitle: 'Job title',
  phone: 'Phone',
  website: 'Website',
  industry: 'Industry',
  city: 'City',
  country: 'Country',
  linkedinUrl: 'LinkedIn',
}

/** A lead as it comes out of a file or a form: normalised, not yet stored. */
export type LeadDraft = { email: string; customFields: Record<string, string> } & Record<LeadDetail, string | null>
