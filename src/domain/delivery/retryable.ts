import type { AnswerSkipReason } from '../conversation/skip-reasons'
import { normaliseEmail } from '../lead/email'
import { endReasonOf, type LeadStatus } from '../lead/status'

/** Since the email was planned one of us has answered the lead, its wish to stop waits for a person, or a colleague has replied. */
export type HeldBack = Extract<AnswerSkipReason, 'answered_by_hand' | 'asks_to_stop' | 'company_replied'>

/** Why a failed email cannot be tried again: the lead's status, what is wrong with its address, or what was done or written since. */
export type RetryObstacle = LeadStatus | 'taken_out' | 'suppressed' | 'address_invalid' | HeldBack

/** What keeps another attempt from working, whatever the first one failed of; null when it may. */
export function retryObstacleOf(lead: {
  status: LeadStatus
  email: string
  suppressed: boolean
  continueAfterReply: boolean
  heldBack: HeldBack | null
  /** Of the campaign, by a person. */
  takenOut: boolean
}): RetryObstacle | null {
  if (lead.takenOut) return 'taken_out'
  if (endReasonOf(lead.status, lead)) return lead.status
  if (lead.suppressed) return 'suppressed'
  return normaliseEmail(lead.email).ok ? lead.heldBack : 'address_invalid'
}
