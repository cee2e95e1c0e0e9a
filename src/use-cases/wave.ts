import type { Mailbox } from '@/db/generated/client'
import type { DueMail } from '@/db/queries/select-due-mail'
import type { SendingWindow } from '@/domain/campaign/window'
import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { DIALOGUE_DEADLINE_MS, type SmtpAccount } from '@/mail/mailer'
import type { Composed } from './compose-campaign-mail'
import type { SettingsView } from './read-settings'

/** A mailbox at work, with everything that its waves share. */
export type Sender = { mailbox: Mailbox; account: SmtpAccount; window: SendingWindow; settings: SettingsView }

/** A mail whose dialogue was begun: what it is, under which claim, and what the server will say. */
export type Dispatched = {
  mail: DueMail
  claim: number
  composed: Extract<Composed, { ok: true }>
  outcome: Promise<SmtpOutcome>
}

// The lease outlives the longest dialogue and the recording of its result; shorter, a mail on the wire would be taken
// for lost.
export const LEASE_MS = DIALOGUE_DEADLINE_MS + 60_000
