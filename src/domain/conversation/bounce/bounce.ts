import { cutText } from '../../cut-text'
import { bodyText } from '../new-text'
import { fieldsIn, messageIdsIn, type ReceivedMessage } from '../received-message'
import { recipientsIn } from './delivery-status'
import { recipientsInWords } from './shapes'
import { type Severity, severityOf } from './verdict'

/** A server's report that an email did not arrive, or not yet. */
export type Bounce = { kind: 'bounce'; recipients: readonly BouncedRecipient[] }

export type BouncedRecipient = {
  /** The final address, and the one written to, in lower case; [] where the report names none. */
  addresses: readonly string[]
  severity: Exclude<Severity, 'delivered'>
  /** RFC 3463, or ''. */
  status: string
  /** The server's own words, in one line of at most 500 characters. */
  words: string
}

const LONGEST_WORDS = 500

/** What a server reports about recipients that an email did not reach; null for any other message. */
export function bounceOf(message: ReceivedMessage): Bounce | null {
  const reported = recipientsIn(message)
  const inWords = reported.length > 0 ? null : recipientsInWords(message)
  const text = reported.length > 0 ? bodyText(message).slice(0, 4_000) : ''
  const recipients = (inWords ?? reported).map((report) => ({
    addresses: report.addresses,
    severity: severityOf({ ...report, diagnostic: report.diagnostic || text }),
    status: report.status,
    words: cutText((report.diagnostic || report.status).replace(/\s+/g, ' ').trim(), LONGEST_WORDS),
  }))
  const failed = recipients.filter(notDelivered)
  return failed.length > 0 ? { kind: 'bounce', recipients: failed } : null
}

const notDelivered = <T extends { severity: Severity }>(
  one: T,
): one is T & { severity: Exclude<Severity, 'delivered'> } => one.severity !== 'delivered'

/**
 * What a report says of an email to these addresses: the blocks of those that it names. To one address alone the only block does,
 * since a server that forwarded it names the next one; [] where it speaks of several others. Null where it names none of several.
 */
export function reportsFor(
  { recipients }: Bounce,
  addresses: readonly string[],
): (BouncedRecipient & { address: string })[] | null {
  const named = addresses.flatMap((address) => {
    const report = recipients.find((one) => one.addresses.includes(address))
    return report ? [{ ...report, address }] : []
  })
  const [address, ...others] = addresses
  if (named.length > 0 || address === undefined) return named
  if (others.length > 0) return null
  const [only, ...more] = recipients
  return only && more.length === 0 ? [{ ...only, address }] : []
}

/**
 * Message-IDs within an original that a message returns: as a part of its own, as headers only, or below a report in
 * words. What the original itself answered comes first, its own id last.
 */
export function returnedIds(message: ReceivedMessage): string[] {
  const blocks = message.parts.flatMap(({ type, text }) => (ORIGINAL_PARTS.test(type) && text ? [headOf(text)] : []))
  const report = message.parts.flatMap(({ type, text }) => (REPORT_PARTS.test(type) && text ? [text] : []))
  const below = blocks.length === 0 && isReport(message) ? [bodyText(message)] : []
  const fields = [...below, ...report, ...blocks].flatMap(fieldsIn)
  const ids = (names: readonly string[]) =>
    fields.filter(({ name }) => names.includes(name)).flatMap(({ value }) => messageIdsIn(value))
  return [...new Set([...ids(['references']), ...ids(['message-id', 'original-message-id', 'x-original-message-id'])])]
}

const ORIGINAL_PARTS = /^(?:message\/(?:rfc822|global|rfc822-headers)|text\/rfc822-headers?)$/
const REPORT_PARTS = /^message\/(?:delivery-status|disposition-notification|feedback-report)$/

const isReport = (message: ReceivedMessage): boolean => bounceOf(message) !== null

/** A message up to its first blank line. */
const headOf = (text: string): string => text.trimStart().split(/\r?\n[ \t]*\r?\n/)[0] ?? ''
