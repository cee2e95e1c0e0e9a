import { DomainError } from '../errors'
import { type ComposedEmail, displayName, isSingleAddress, messageIdFor } from './headers'

export type AccountEmail = {
  to: string
  mailbox: { fromName: string; fromEmail: string }
  /** Our own words alone. */
  subject: string
  /** Paragraphs. */
  lines: readonly string[]
  /** Names it: of letters, digits and dashes. */
  id: string
  date: Date
}

/**
 * An email about somebody's account: plain text, no unsubscribe link, and a header that keeps absence notes away (RFC 3834).
 * @throws {DomainError} invalid_input where an address is not exactly one
 */
export function buildAccountEmail({ to, mailbox, subject, lines, id, date }: AccountEmail): ComposedEmail {
  if (!isSingleAddress(to)) throw new DomainError('invalid_input', `"${to}" is not an email address. Nothing was sent.`)
  return {
    from: { name: displayName(mailbox.fromName), address: mailbox.fromEmail },
    to: { name: '', address: to },
    subject,
    text: `${lines.join('\n\n')}\n`,
    messageId: messageIdFor(`account-${id}`, mailbox.fromEmail),
    date,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}
