import { emailsOf } from '../book'
import type { Email, Lead, Message, MessageKind, Model } from '../state'
import { skip } from './people'

// Which messages end a sequence, and whom they hold back.

/** The address that an email went to: the one on its record, or else the lead's. */
export const addressOf = ({ to, lead }: Email): string => to ?? lead.email
export const domainOf = ({ email }: Lead) => email.split('@')[1] ?? ''

export const isUnsure = ({ kind, sure }: Message) => kind === 'stop_request' && !sure
const isByHand = ({ kind, corrected }: Message) => kind === 'own' && !corrected
export const isReport = ({ kind }: Message) => kind === 'bounce' || kind === 'complaint'
/** A report counts in the mailbox that sent the email alone. */
export const isForged = (message: Message) => isReport(message) && message.email.box !== message.box
/** A report, or our own word, of which nobody has said that it is none. */
export const isValid = (message: Message) =>
  !isForged(message) && !(message.corrected && (message.kind === 'own' || isReport(message)))

/** Why it has emails skipped. */
export const ENDS: Partial<Record<MessageKind, string>> = {
  ...{ human: 'lead_replied', own: 'answered_by_hand', stop_request: 'lead_unsubscribed' },
  ...{ bounce: 'lead_bounced', complaint: 'lead_complained' },
}
export const reasonOf = (message: Message) => (isUnsure(message) ? 'asks_to_stop' : (ENDS[message.kind] ?? ''))
export const COMPANY_REPLIED = 'company_replied'
/** It ends the lead's sequences. Somebody whose address was corrected goes on at the new one when the old one bounces. */
export const endsSequence = (message: Message) =>
  message.kind in ENDS &&
  isValid(message) &&
  (message.kind !== 'bounce' || addressOf(message.email) === message.email.lead.email)
/** It is the reply of a colleague who is there still. */
const stopsCompany = (m: Model, { company, email: about }: Message, { campaign, lead }: Email) =>
  company !== null &&
  about.campaign === campaign &&
  about.lead !== lead &&
  m.leads.get(about.lead.number) === about.lead &&
  company === domainOf(lead)

/** Clocks of two processes may be so far apart. */
const CLOCKS_APART = 2_000
/** It ended then, began to leave, or was skipped with a step before it that did. */
function notPendingSince(m: Model, { campaign, lead, step, endedAt, since }: Email): number {
  const earlier = emailsOf(m, campaign).filter((e) => e.lead === lead && e.step < step && e.status !== 'sent')
  const began = earlier.flatMap((e) => e.since ?? [])
  return Math.min(endedAt ?? Infinity, since ?? (began.length > 0 ? Math.max(...began) : Infinity)) - CLOCKS_APART
}

/** Why a message ends that email, had it been planned when that came; null where it does not. */
function endedBy(m: Model, message: Message, email: Email): string | null {
  if (message.at < notPendingSince(m, email)) return null
  if (message.email.lead === email.lead && endsSequence(message)) return reasonOf(message)
  return stopsCompany(m, message, email) ? COMPANY_REPLIED : null
}
export const endsAsWell = (m: Model, message: Message, email: Email) => endedBy(m, message, email) !== null

/**
 * An email that has come back to be sent is skipped by the first message that would have skipped it since it began to leave, and comes back
 * with the rest of what that did. A person may send again what one of us has answered meanwhile.
 */
export function skipIfEnded(m: Model, email: Email, { despiteOurs = false } = {}): void {
  if (email.status !== 'pending') return
  for (const message of m.messages) {
    const reason = endedBy(m, message, email)
    if (reason === null || (despiteOurs && reason === ENDS.own)) continue
    skip(m, email, reason)
    message.did.skipped.push(email)
    return
  }
}

/**
 * Since the email was planned its lead was answered by hand, a wish to stop waits for a person, or a colleague has replied: what was not
 * planned then stays so.
 */
export const isHeldBack = (m: Model, email: Email) =>
  m.messages.some(
    (one) =>
      one.at >= email.plannedAt &&
      ((one.email.lead === email.lead && (isUnsure(one) || isByHand(one))) || stopsCompany(m, one, email)),
  )
