import type { Interest } from '../conversation/interest'
import type { ReceivedKind } from '../conversation/received-kind'
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

/** What a message says of it: null where nothing is plain. Who surely asks to be removed is not interested. */
export function saidInterest(message: {
  kind: ReceivedKind
  details: Record<string, unknown>
  asksPerson: boolean
}): Interest | null {
  if (message.kind === 'stop_request') return message.asksPerson ? null : 'not_interested'
  const { interest } = message.details
  return message.kind === 'human' ? (INTERESTS.find((one) => one === interest) ?? null) : null
}

/** What stays confirmed after a later message: what plainly says otherwise is to be confirmed itself, and until then nothing is. */
export const interestAfter = (confirmed: Interest | null, said: Interest | null): Interest | null =>
  said === null || said === confirmed ? confirmed : null

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
