/** A lead's status, in the order of a life; the first four follow the emails, the rest are set by people and replies. */
export const LEAD_STATUSES = [
  'new',
  'contacted',
  'follow_up_1',
  'follow_up_2',
  'replied',
  'interested',
  'not_interested',
  'converted',
  'invalid',
  'unsubscribed',
  'bounced',
] as const

export type LeadStatus = (typeof LEAD_STATUSES)[number]

/** Leads in these are neither planned nor mailed (product rule: planning and delivery ask the same set). */
export const UNMAILABLE_STATUSES = [
  'not_interested',
  'converted',
  'invalid',
  'unsubscribed',
  'bounced',
] as const satisfies readonly LeadStatus[]

export type UnmailableStatus = (typeof UNMAILABLE_STATUSES)[number]

export const isUnmailable = (status: string): status is UnmailableStatus =>
  (UNMAILABLE_STATUSES as readonly string[]).includes(status)
