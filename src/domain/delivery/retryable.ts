import { normaliseEmail } from '../lead/email'
import { endReasonOf, type LeadStatus } from '../lead/status'

/** Why a failed email cannot be tried again: the lead's status, or what is wrong with its address. */
export type RetryObstacle = LeadStatus | 'suppressed' | 'address_invalid'

/** What keeps another attempt from working, whatever the first one failed of; null when it may. */
export function retryObstacleOf(lead: {
  status: LeadStatus
  email: string
  suppressed: boolean
  continueAfterReply: boolean
}): RetryObstacle | null {
  if (endReasonOf(lead.status, lead)) return lead.status
  if (lead.suppressed) return 'suppressed'
  return normaliseEmail(lead.email).ok ? null : 'address_invalid'
}
