import type { LeadStatus } from './status'

export type LadderRule = {
  /** Result of the lead's emails in one batch: the highest step that was sent, or that the address does not exist. */
  when: 'address_invalid' | { sentStep: number; orLater?: true }
  /** Statuses that follow the emails, lowest first. Any other was set by a person or a reply, and stays. */
  from: readonly LeadStatus[]
  to: LeadStatus
}

/** How delivery changes a lead's status: only up. The first rule that fits decides; `record-outcomes` is built from it. */
export const STATUS_LADDER: readonly LadderRule[] = [
  { when: 'address_invalid', from: ['new', 'contacted', 'follow_up_1', 'follow_up_2'], to: 'invalid' },
  { when: { sentStep: 1 }, from: ['new'], to: 'contacted' },
  { when: { sentStep: 2 }, from: ['new', 'contacted'], to: 'follow_up_1' },
  { when: { sentStep: 3, orLater: true }, from: ['new', 'contacted', 'follow_up_1'], to: 'follow_up_2' },
]
