import type { FolderRole } from '@/mail/imap/opened-mailbox'

/** What a mailbox gets about an email that it sent; `copy`: what its provider files of it, `by_hand`: what a person wrote to the lead. */
export const MESSAGES = [
  ...(['reply', 'stop', 'maybe_stop', 'away', 'away_until', 'receipt', 'bounce', 'complaint'] as const),
  ...(['by_hand', 'copy'] as const),
] as const
export type MessageType = (typeof MESSAGES)[number]

export type Written = {
  type: MessageType
  /** Tells it from all others. */
  number: number
  /** Message-ID of the email that it is about, and the address that it went to. */
  about: string
  to: string
  /** Who answers, and whose mailbox it is. */
  from: string
  own: string
  /** The last day away, `YYYY-MM-DD`. */
  until: string
  at: number
}

const TEXTS = {
  reply: 'Thank you, that sounds good. Let us talk on Thursday.',
  stop: 'Please remove me from your mailing list.',
  maybe_stop: 'Is there a way to unsubscribe somebody else from this?',
  away: 'I am out of the office at the moment and will reply when I return.',
  receipt: 'We have received your message and will answer soon.',
  by_hand: 'As promised on the phone, here is our offer.',
  copy: 'Hello Bo',
} as const

const LONG_DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const isOfReport = (type: MessageType) => type === 'bounce' || type === 'complaint'
const isOurs = (type: MessageType) => type === 'by_hand' || type === 'copy'

/** The Message-ID by which a message is known again. */
export const answerId = (number: number) => `<message${number}@answers.example>`
export const folderOf = (type: MessageType): Exclude<FolderRole, 'all'> => (isOurs(type) ? 'sent' : 'inbox')

/** A whole message as its program writes it. */
export function write(written: Written): string {
  const { type, number, about, to, from, own, until, at } = written
  const sender = isOfReport(type) ? 'mailer-daemon@relay.example' : from
  const isAutomatic = type === 'away' || type === 'away_until' || type === 'receipt' || type === 'bounce'
  const lines = [
    `From: ${isOurs(type) ? own : sender}`,
    `To: ${isOurs(type) ? to : own}`,
    `Subject: ${type === 'copy' ? 'Step' : 'Re: Step'}`,
    `Date: ${new Date(at + number * 1000).toUTCString()}`,
    `Message-ID: ${type === 'copy' ? about : answerId(number)}`,
    ...(isOfReport(type) || type === 'copy' ? [] : [`In-Reply-To: ${about}`]),
    ...(isAutomatic ? ['Auto-Submitted: auto-replied'] : []),
    'MIME-Version: 1.0',
  ]
  const text = () => {
    if (type === 'away_until')
      return `I am out of the office until ${LONG_DATE.format(new Date(`${until}T00:00:00Z`))}.`
    return isOfReport(type) ? '' : TEXTS[type as keyof typeof TEXTS]
  }
  const body = isOfReport(type) ? report(written) : ['Content-Type: text/plain; charset=utf-8', '', text()]
  return [...lines, ...body, ''].join('\r\n')
}

/** A server's report that there is no such mailbox (RFC 3464), or a provider's of a complaint (RFC 5965). */
function report({ type, about, to, own }: Written): string[] {
  const [of, said] =
    type === 'bounce'
      ? ['delivery-status', [`Final-Recipient: rfc822; ${to}`, 'Action: failed', 'Status: 5.1.1']]
      : ['feedback-report', ['Feedback-Type: abuse', 'Version: 1', `Original-Rcpt-To: <${to}>`]]
  const part = (kind: string, ...lines: string[]) => ['--part', `Content-Type: ${kind}`, '', ...lines, '']
  return [
    `Content-Type: multipart/report; report-type=${of}; boundary="part"`,
    '',
    ...part('text/plain; charset=utf-8', 'A report about an email.'),
    ...part(`message/${of}`, ...(type === 'bounce' ? ['Reporting-MTA: dns; relay.example', ''] : []), ...said),
    ...part('text/rfc822-headers', `From: ${own}`, `To: ${to}`, 'Subject: Step', `Message-ID: ${about}`),
    '--part--',
  ]
}
