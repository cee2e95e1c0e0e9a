import { fieldsIn, type ReceivedMessage } from '../received-message'
import type { RecipientReport } from './verdict'

/** A recipient's block of a delivery report (RFC 3464). `addresses`: the final one, and the one that we wrote to. */
export type ReportedRecipient = RecipientReport & { addresses: readonly string[] }

const MOST_RECIPIENTS = 50

/** The recipients of all `message/delivery-status` parts, in order; [] where there is no such part. */
export function recipientsIn({ parts }: Pick<ReceivedMessage, 'parts'>): ReportedRecipient[] {
  return parts
    .filter(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type))
    .flatMap(({ text }) => recipientsOfReport(text ?? ''))
    .slice(0, MOST_RECIPIENTS)
}

/** The recipients named in a report's text. Servers separate blocks by blank lines, by several, or by none. */
export function recipientsOfReport(report: string): ReportedRecipient[] {
  const recipients: Map<string, string>[] = []
  for (const block of report.split(/(?:\r?\n[ \t]*){2,}/)) {
    let current: Map<string, string> | null = null
    for (const { name, value } of fieldsIn(block)) {
      if (!RECIPIENT_FIELDS.has(name)) continue
      // A field that comes again begins the next recipient, where no blank line stands between them.
      if (!current || current.has(name)) {
        current = new Map()
        recipients.push(current)
      }
      current.set(name, value)
    }
  }
  return recipients.filter((fields) => fields.has('action') || fields.has('status')).map(recipientOf)
}

const RECIPIENT_FIELDS = new Set([
  ...[
    'original-recipient',
    'final-recipient',
    'action',
    'status',
    'diagnostic-code',
    'remote-mta',
    'last-attempt-date',
  ],
  ...['final-log-id', 'will-retry-until', 'x-actual-recipient', 'x-display-name', 'x-outbound-ip-address'],
])

function recipientOf(fields: Map<string, string>): ReportedRecipient {
  const field = (name: string) => fields.get(name) ?? ''
  const addresses = ['final-recipient', 'original-recipient', 'x-actual-recipient'].flatMap(
    (name) => addressIn(field(name)) ?? [],
  )
  return {
    addresses: [...new Set(addresses)],
    action: field('action').toLowerCase(),
    status: /[245]\.\d{1,3}\.\d{1,3}/.exec(field('status'))?.[0] ?? '',
    diagnostic: field('diagnostic-code').replace(/^\s*[\w-]+\s*;\s*/, ''),
  }
}

/** The address in "rfc822; ada@nordwind.example", in lower case; null where it holds none. */
export const addressIn = (field: string): string | null =>
  /[^\s<>;:,"'()[\]]{1,64}@[^\s<>;:,"'()[\]]{1,190}/
    .exec(field.replace(/^\s*(?:rfc822|utf-8|x400|unknown)\s*;/i, ''))?.[0]
    .replace(/[.]+$/, '')
    .toLowerCase() ?? null
