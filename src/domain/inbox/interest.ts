import type { Interest } from '../conversation/interest'
import type { LeadStatus } from '../lead/status'

/** What a person can confirm that an answer says, in the order of screens. */
export const INTERESTS = [
  'interested',
  'not_now',
  'wrong_person',
  'not_interested',
] as const satisfies readonly Interest[]

/** The status that a lead gets for it: who may be asked again later has replied, no more. */
export const STATUS_OF_INTEREST = {
  interested: 'interested',
  not_now: 'replied',
  wrong_person: 'not_interested',
  not_interested: 'not_interested',
} as const satisfies Record<Interest, LeadStatus>

/** From which statuses: a customer stays one, and no answer lifts a wish to get no email. */
export const CHANGED_BY_INTEREST = [
  'new',
  'contacted',
  'follow_up_1',
  'follow_up_2',
  'replied',
  'interested',
  'not_interested',
] as const satisfies readonly LeadStatus[]
export type ChangedByInterest = (typeof CHANGED_BY_INTEREST)[number]
