import { unsubscribeSubject } from '../conversation/stop/stop-request'
import { withoutAnswerPrefix } from '../conversation/subject'
import { cutChain } from '../conversation/thread'
import { DomainError } from '../errors'
import { oneLine } from './variables'

export type Person = { name: string; address: string }

export type CampaignEmailFacts = {
  from: Person
  to: Person
  replyTo?: string | null
  subject: string
  text: string
  html: string | null
  /** With angle brackets, as `messageIdFor` makes it; fixed at planning, the same over all attempts. */
  messageId: string
  date: Date
  /** https, one-click (RFC 8058). */
  unsubscribeUrl: string
  /** An address that unsubscribes the sender of an email to it; only where its email is read. */
  unsubscribeMailto?: string | null
  /** Stands in the subject of an email to that address, and names this email. */
  unsubscribeToken?: string
  /** Set when the step replies in the thread its earlier steps began. */
  thread?: Thread | null
  /** The provider may put an id of its own in place of ours: ours stands in References as well, which providers keep. */
  namesItself?: boolean
}

/** The lead's conversation so far: the first email's subject, and the Message-IDs of both sides in order. */
export type Thread = { subject: string; messageIds: readonly string[]; threadIndex?: string | null }

/** Fields beside those that say from whom, to whom and about what an email is. Their names are these alone, whatever a value holds. */
export type FurtherHeaders = Partial<
  Record<
    'List-Unsubscribe' | 'List-Unsubscribe-Post' | 'Thread-Index' | 'Auto-Submitted' | 'X-Auto-Response-Suppress',
    string
  >
>

/** Input of nodemailer's MailComposer. Addresses are objects: nothing is parsed from text, so nothing can split. */
export type ComposedEmail = {
  from: Person
  to: Person | Person[]
  cc?: Person[]
  replyTo?: Person
  subject: string
  text: string
  html?: string
  messageId: string
  inReplyTo?: string
  references?: string[]
  date: Date
  headers: FurtherHeaders
  disableFileAccess: true
  disableUrlAccess: true
}

/** The Message-ID of a planned email: its own id at the sender's domain. */
export function messageIdFor(scheduledEmailId: string, fromEmail: string): string {
  const { address } = safeAddress('sender address', fromEmail)
  if (!/^[\w-]+$/.test(scheduledEmailId)) refuse('Message-ID')
  return `<${scheduledEmailId}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

/**
 * The email of a campaign step with all its headers. Throws `invalid_input` where a field holds a line break or NUL,
 * or an address is not exactly one address: values can never add a header or a recipient.
 */
export function buildCampaignEmail(facts: CampaignEmailFacts): ComposedEmail {
  const thread = facts.thread?.messageIds.length ? facts.thread : null
  const subject = safeText('subject', thread ? replySubject(thread.subject) : facts.subject)
  if (!subject.trim()) throw new DomainError('invalid_input', 'The subject is empty. The email was not sent.')
  const answered = thread?.messageIds.map((id) => safeMessageId('References', id))
  const messageId = safeMessageId('Message-ID', facts.messageId)
  const references = cutChain([...(answered ?? []), ...(facts.namesItself ? [messageId] : [])])
  return {
    from: safePerson('sender', facts.from),
    to: safePerson('recipient', facts.to),
    ...(facts.replyTo ? { replyTo: safeAddress('Reply-To address', facts.replyTo) } : {}),
    subject,
    text: facts.text,
    ...(facts.html === null ? {} : { html: facts.html }),
    messageId,
    ...(answered ? { inReplyTo: answered.at(-1) } : {}),
    ...(references.length > 0 ? { references } : {}),
    date: facts.date,
    headers: {
      'List-Unsubscribe': unsubscribeList(facts),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      ...(thread?.threadIndex ? { 'Thread-Index': safeText('Thread-Index', thread.threadIndex) } : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** "Re: " once, however often the conversation went on, and in whatever language. */
export const replySubject = (subject: string) => `Re: ${withoutAnswerPrefix(subject)}`

/** A name fit for From and To: one line, no characters with a meaning in headers, at most 100 long. */
export const displayName = (name: string | null | undefined) =>
  oneLine((name ?? '').replace(/[<>"]/g, ' '))
    .slice(0, 100)
    .replace(/[\uD800-\uDBFF]$/, '')

/** One plain address: no comment, quote, list or second address can hide in it. */
export const isSingleAddress = (address: string) =>
  address.length <= 254 &&
  /^[^\s\p{C}"(),:;<>@[\]\\]{1,64}@[^\s\p{C}"(),:;<>@[\]\\]+\.[^\s\p{C}"(),:;<>@[\]\\.]+$/u.test(address)

/** The person, refused where name or address could break out of a header. */
export const safePerson = (field: string, { name, address }: Person): Person => ({
  name: safeText(`${field} name`, name),
  address: safeAddress(`${field} address`, address).address,
})

/** Exactly one address, without a name. */
export function safeAddress(field: string, address: string): Person {
  if (!isSingleAddress(address)) refuse(field, 'is not exactly one email address')
  return { name: '', address }
}

/** The id, refused where it is none. */
export function safeMessageId(field: string, id: string) {
  if (!isMessageId(id)) refuse(field, 'is not a Message-ID')
  return id
}

/** Whether a header can carry it: ids in received messages may be anything. */
export const isMessageId = (id: string): boolean =>
  /^<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(asciiId(id))

// A domain may hold letters of any script; they are no header syntax.
const asciiId = (id: string) => id.replace(/[\p{L}\p{N}\p{M}]/gu, 'x')

/** The text, refused where it holds a line break or NUL. */
export function safeText(field: string, value: string) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (/[\r\n\u0000]/.test(value)) refuse(field)
  return value
}

function unsubscribeList({ unsubscribeUrl, unsubscribeMailto, unsubscribeToken: token }: CampaignEmailFacts) {
  if (!/^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+$/.test(unsubscribeUrl)) refuse('unsubscribe link', 'is not a link')
  const entries = [`<${unsubscribeUrl}>`]
  if (unsubscribeMailto) {
    const { address } = safeAddress('unsubscribe address', unsubscribeMailto)
    const at = address.lastIndexOf('@')
    const subject = token ? `?subject=${encodeURIComponent(unsubscribeSubject(token))}` : ''
    entries.push(`<mailto:${encodeURIComponent(address.slice(0, at))}${address.slice(at)}${subject}>`)
  }
  return entries.join(', ')
}

function refuse(field: string, what = 'holds a line break or a NUL character'): never {
  throw new DomainError('invalid_input', `The ${field} ${what}. The email was not sent.`, { field })
}
