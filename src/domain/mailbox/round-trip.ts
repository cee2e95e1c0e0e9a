import type { Verdict } from '../delivery/outcome'
import type { Check, MailFolderFound } from './mailbox-checks'

/** A copy of the message that the mailbox sent to itself. */
export type FoundCopy = {
  folder: MailFolderFound
  /** With angle brackets; null where it has none. */
  messageId: string | null
  /** Since the server took it. */
  seconds: number
  signedBy: { domain: string; selector: string }[]
}

export type RoundTrip = {
  /** With angle brackets, as it was sent. */
  messageId: string
  copies: readonly FoundCopy[]
  /** How long it was looked for. */
  seconds: number
}

/** Whether the server lets the mailbox send from its address, as its answer to a message to itself says. */
export function senderCheck(verdict: Verdict, address: string): Check {
  const check = (outcome: Check['outcome'], message: string, said?: string): Check => ({
    name: 'from',
    outcome,
    message,
    details: said === undefined ? null : { said },
  })
  switch (verdict.kind) {
    case 'sent':
      return check('ok', `The server took an email from ${address}.`, verdict.response)
    case 'not_begun':
      return check('unknown', 'The server took no email at the moment. Test again in a minute.')
    case 'held':
      return check('unknown', 'The connection ended before the server had answered. Test again.', verdict.reason)
    case 'retry':
      return check('unknown', 'The server puts emails off at the moment. Test again in a few minutes.', verdict.reason)
    case 'mailbox':
      return verdict.action === 'stop'
        ? check('wrong', refused(address), verdict.reason)
        : check(
            'unknown',
            'The server takes no further email from this mailbox at the moment. Test again later.',
            verdict.reason,
          )
    case 'failed':
    case 'template':
      return check('wrong', refused(address), verdict.reason)
  }
}

const refused = (address: string) =>
  `The server refused an email from ${address} to itself. Enter the address that belongs to the user name, or allow this one at the provider.`

/** What the message to itself showed: that answers arrive where they are read, where copies are filed, which id it kept. */
export function roundTripCheck(trip: RoundTrip): Check {
  const arrived = arrivedCopy(trip)
  const { copies, seconds } = trip
  const isFiled = copies.some(({ folder }) => folder.role === 'sent' || folder.role === 'all')
  if (!arrived) {
    const message = isFiled
      ? `The email is in Sent, and did not arrive within ${seconds} s. Some providers hold back emails to oneself: test again in some minutes.`
      : `The email did not arrive within ${seconds} s. Check that the address belongs to this mailbox; a slow provider shows it at the next test.`
    return { name: 'round_trip', outcome: 'unknown', message, details: null }
  }
  const inJunk = arrived.folder.role === 'junk'
  const facts = [
    `The email arrived in ${arrived.folder.path} after ${Math.round(arrived.seconds)} s.`,
    inJunk ? 'The provider takes it for junk: look at the records of the domain.' : '',
    isFiled ? 'The provider files a copy in Sent by itself.' : 'The provider files no copy in Sent by itself.',
    rewritesMessageId(trip) ? 'It gives emails a Message-ID of its own.' : '',
  ]
  return {
    name: 'round_trip',
    outcome: inJunk ? 'wrong' : 'ok',
    message: facts.filter((fact) => fact !== '').join(' '),
    details: { signedBy: arrived.signedBy, folders: copies.map(({ folder }) => folder) },
  }
}

/** The copy that came in, not the one that was filed. */
export const arrivedCopy = ({ copies }: Pick<RoundTrip, 'copies'>): FoundCopy | undefined =>
  copies.find(({ folder }) => folder.role === 'inbox' || folder.role === 'all') ??
  copies.find(({ folder }) => folder.role === 'junk')

/** Whether what SMTP accepts is filed into Sent; null where one folder holds all, or nothing arrived. */
export function filesSentBy({ copies }: Pick<RoundTrip, 'copies'>): boolean | null {
  if (copies.some(({ folder }) => folder.role === 'sent')) return true
  return copies.some(({ folder }) => folder.role === 'inbox' || folder.role === 'junk') &&
    !copies.some(({ folder }) => folder.role === 'all')
    ? false
    : null
}

/** Whether the message came back under another Message-ID; null when it did not come back. */
export function rewritesMessageId({ messageId, copies }: Pick<RoundTrip, 'messageId' | 'copies'>): boolean | null {
  const arrived = arrivedCopy({ copies })
  return arrived ? arrived.messageId !== messageId : null
}
