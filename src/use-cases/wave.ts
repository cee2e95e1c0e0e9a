import type { Mailbox } from '@/db/generated/client'
import type { DueMail } from '@/db/queries/select-due-mail'
import { GATE_TIMEOUT_MS } from '@/db/send-gate'
import type { Deps } from '@/deps'
import type { SmtpOutcome } from '@/domain/delivery/outcome'
import type { SendingWindow } from '@/domain/time/window'
import type { SmtpAccount } from '@/mail/mailer'
import type { Composed } from './compose-campaign-mail'
import type { SettingsView } from './read-settings'

/** A mailbox at work, with everything that its waves share. */
export type Sender = { mailbox: Mailbox; account: SmtpAccount; window: SendingWindow; settings: SettingsView }

/** A mail that is written and may be claimed. */
export type PreparedMail = { mail: DueMail; composed: Extract<Composed, { ok: true }> }

/** A mail that cannot be written: its template is at fault. */
export type UnfitMail = { mail: DueMail; reason: string }

/** A mail whose dialogue was begun: what it is, under which claim, and what the server will say. */
export type Dispatched = PreparedMail & { claim: number; outcome: Promise<SmtpOutcome> }

type Timing = { mailer: Pick<Deps['mailer'], 'deadlineMs'> }

/**
 * How long a claimed mail may stay `sending`: the longest dialogue and half as long again, for beginning it and for
 * recording its result; shorter, a mail on the wire would be taken for lost.
 */
export const leaseMs = ({ mailer }: Timing): number => mailer.deadlineMs * 1.5

/** How long a sender may hold the send gate. It begins nothing after half of it, so its last dialogue ends in its lease. */
export const gateMs = ({ mailer }: Timing): number => Math.min(GATE_TIMEOUT_MS, mailer.deadlineMs)
