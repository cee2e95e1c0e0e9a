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

/** Leads in these have answered: their sequences end, unless the campaign goes on after a reply. */
export const REPLIED_STATUSES = ['replied', 'interested'] as const satisfies readonly LeadStatus[]

/** Leads in these are neither planned nor mailed, whatever the campaign says. */
export const UNMAILABLE_STATUSES = [
  'not_interested',
  'converted',
  'invalid',
  'unsubscribed',
  'bounced',
] as const satisfies readonly LeadStatus[]

/** Why a lead's status ends its sequences. */
export type EndReason = 'lead_replied' | 'lead_unmailable'

/**
 * Why a lead of this status is neither planned nor mailed; null when it may be. Planning and delivery ask the same lists
 * (in statements: `db/queries/leads/ends-sequence.ts`).
 */
export function endReasonOf(status: LeadStatus, { continueAfterReply = false } = {}): EndReason | null {
  if (isIn(UNMAILABLE_STATUSES, status)) return 'lead_unmailable'
  return isIn(REPLIED_STATUSES, status) && !continueAfterReply ? 'lead_replied' : null
}

const isIn = (statuses: readonly LeadStatus[], status: LeadStatus) => statuses.includes(status)
