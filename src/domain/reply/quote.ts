import { escapeHtml } from '../message/engine'

/** The message that a reply is about, as it is quoted. */
export type QuotedMessage = {
  fromName: string
  fromEmail: string
  toEmails: readonly string[]
  subject: string
  /** When it was written; null where it does not say. */
  sentAt: Date | null
  text: string
}

/** What stands below the text of a reply: how it is introduced, and the message. */
export type Quote = { intro: string; text: string; isForwarded: boolean }

// Longer ones are cut: whoever is answered has the whole of it.
const LONGEST = 50_000

/** The message below an answer to it, its time in the zone of the mailbox. */
export function quoteOf(message: QuotedMessage, timezone: string): Quote {
  const when = message.sentAt ? `On ${dateWords(message.sentAt, timezone)}, ` : ''
  return { intro: `${when}${personWords(message)} wrote:`, text: cut(message.text), isForwarded: false }
}

/** The message as it is handed on, with what its headers said. */
export function forwardedOf(message: QuotedMessage, timezone: string): Quote {
  const lines = [
    'Forwarded message',
    `From: ${personWords(message)}`,
    ...(message.sentAt ? [`Date: ${dateWords(message.sentAt, timezone)}`] : []),
    `Subject: ${message.subject}`,
    ...(message.toEmails.length > 0 ? [`To: ${message.toEmails.join(', ')}`] : []),
  ]
  return { intro: lines.join('\n'), text: cut(message.text), isForwarded: true }
}

/** The quote as plain text: each line of an answered message behind "> ". */
export const quoteText = ({ intro, text, isForwarded }: Quote): string =>
  isForwarded
    ? `---------- ${intro}\n\n${text}`
    : [intro, ...text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))].join('\n')

/** The quote as HTML, in the shape in which mail programs find and fold it. */
export const quoteHtml = ({ intro, text, isForwarded }: Quote): string =>
  isForwarded
    ? `<div class="gmail_quote"><p>${lines(intro)}</p><p>${lines(text)}</p></div>`
    : `<p>${lines(intro)}</p>\n<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${lines(text)}</blockquote>`

const lines = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>')

const personWords = ({ fromName, fromEmail }: QuotedMessage): string =>
  fromName ? `${fromName} <${fromEmail}>` : fromEmail || 'an unknown sender'

const cut = (text: string): string => {
  const plain = text.replace(/\r\n?/g, '\n').trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).toWellFormed()}\n[…]` : plain
}

const dateWords = (at: Date, timezone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at)
