import { type Automatic, automaticOf, knownIn } from './automatic/automatic'
import { type LeftCompany, leftCompanyIn } from './automatic/left-company'
import { type Bounce, bounceOf } from './bounce/bounce'
import { type Complaint, complaintOf } from './complaint'
import { type Interest, interestIn } from './interest'
import { newText } from './new-text'
import type { ReceivedMessage } from './received-message'
import { type StopRequest, stopRequestOf, unsubscribeTokenIn } from './stop/stop-request'

/** A person answered. `interest` and `left` are proposals: a person confirms them. */
export type Human = { kind: 'human'; interest: Interest | null; left: LeftCompany | null }

/** What a message is: exactly one of these. */
export type MessageKind = Bounce | Complaint | Automatic | StopRequest | Human

export type KindContext = {
  /** When the mailbox got it (IMAP's internal date): stands in for a Date header that is missing or days off. */
  receivedAt: Date
  /** Addresses that our List-Unsubscribe headers name, in lower case; none of them is anybody's own mailbox. */
  unsubscribeAddresses: ReadonlySet<string>
}

/**
 * What kind of message it is. Reports of servers come first, then complaints, then what programs write, so that none of them is
 * ever a reply; of what people write, only what is new counts. Total: every message is of one kind.
 */
export function kindOf(message: ReceivedMessage, { receivedAt, unsubscribeAddresses }: KindContext): MessageKind {
  const report = bounceOf(message) ?? complaintOf(message)
  if (report) return report
  const written = newText(message)
  const isMailto =
    unsubscribeTokenIn(message.subject) !== null || message.to.some(({ address }) => unsubscribeAddresses.has(address))
  return (
    (isMailto ? null : automaticOf(message, written, receivedAt)) ??
    stopRequestOf(message, written, unsubscribeAddresses) ?? {
      kind: 'human',
      interest: interestIn(written),
      left: leftCompanyIn(written, knownIn(message)),
    }
  )
}
