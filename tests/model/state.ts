import type { Entered } from './counts'
import type { Window } from './plan'

/** What the model remembers, and what the database shows of the same: plain values, people and things by their number. */
export type Status = 'pending' | 'sending' | 'held' | 'sent' | 'failed' | 'skipped' | 'cancelled'
export type CampaignStatus = 'draft' | 'scheduled' | 'running' | 'paused' | 'completed' | 'failed'

export type Email = {
  campaign: number
  lead: number
  step: number
  mailbox: number
  due: number
  status: Status
  /** Why it failed, is held or was skipped. */
  reason: string | null
  /** Why it is not sent yet. */
  wait: string | null
  tries: number
  claim: number
  sentAt: number | null
  heldAt: number | null
  since: number | null
  lease: number | null
  /** How often a server took the whole message. */
  arrived: number
  endedAt: number | null
}

export type Lead = {
  email: string
  status: string
  emailsSent: number
  contactedAt: number | null
  company: string | null
}

export type Mailbox = {
  limit: number | null
  health: string
  coolUntil: number | null
  failures: number
  nextAt: number | null
}
export type MailboxRules = { window: Window; gap: number; saves: number }

export type Campaign = {
  status: CampaignStatus
  startsAt: number | null
  limit: number | null
  targeted: number
  scheduled: number
  sent: number
  failed: number
  step: number
  /** Emails refused for their content since the last one that was accepted. */
  refused: string[]
  /** Batches whose history says that they are in use. */
  open: number[]
}
export type CampaignRules = {
  zone: string
  days: readonly number[]
  mailboxes: readonly number[]
  batches: readonly number[]
  resumedAt: number | null
}

/** What can be compared. Keys: `lead`, `campaign/lead/step`, `m0 2026-03-02`, `0 <hour>`. */
export type Seen = {
  emails: Map<string, Email>
  leads: Map<number, Lead>
  mailboxes: Mailbox[]
  campaigns: Map<number, Campaign>
  /** The campaign that holds each batch, and who is in it. */
  batches: Map<number, { holder: number | null; leads: number[] }>
  suppressed: Set<string>
  reserved: Map<string, number>
  hours: Map<string, { emails: number; bounces: number }>
}

export type Settings = { maxAttempts: number; heldHours: number; heldChoice: 'delivered' | 'again' }

export type Model = Omit<Seen, 'campaigns' | 'mailboxes'> & {
  now: number
  real: number
  chance: number
  settings: Settings
  mailboxes: (Mailbox & MailboxRules)[]
  campaigns: Map<number, Campaign & CampaignRules>
  entered: Entered
  /** The addresses that each email was claimed for. */
  wentTo: Map<string, Set<string>>
  /** What stays of people who were deleted: that they are on the list, when they were emailed and what they said. */
  erased: Map<string, { suppressed: boolean; contactedAt: number | null; status: string | null }>
}

export const keyOf = ({ campaign, lead, step }: Pick<Email, 'campaign' | 'lead' | 'step'>) =>
  `${campaign}/${lead}/${step}`

const SILENT = ['not_interested', 'converted', 'invalid', 'unsubscribed', 'bounced']
const REPLIED = ['replied', 'interested']

/** Why a lead's status ends its sequences; null when it does not. */
export const endReasonOf = (status: string): 'lead_unmailable' | 'lead_replied' | null =>
  SILENT.includes(status) ? 'lead_unmailable' : REPLIED.includes(status) ? 'lead_replied' : null
