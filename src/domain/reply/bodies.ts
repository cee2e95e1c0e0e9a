import type { Bodies } from '../message/compose'
import { escapeHtml } from '../message/engine'
import { type Quote, quoteHtml, quoteText } from './quote'

/** What a person has written, and what stands below it. */
export type ReplyParts = {
  text: string
  /** Also as simple HTML: paragraphs, and links that can be clicked. */
  asHtml: boolean
  /** Of the mailbox. */
  signature: string | null
  quote: Quote | null
}

/** The bodies of a reply: the text, the signature, the message that it is about. */
export function replyBodies({ text, asHtml, signature, quote }: ReplyParts): Bodies {
  const written = text.replace(/\r\n?/g, '\n').trimEnd()
  const signed = signature?.trim() ?? ''
  const parts = [written, signed, quote ? quoteText(quote) : '']
  return {
    text: `${parts.filter(Boolean).join('\n\n')}\n`,
    html: asHtml
      ? `${[simpleHtml(written), signed && simpleHtml(signed), quote ? quoteHtml(quote) : ''].filter(Boolean).join('\n')}\n`
      : null,
  }
}

/** What a person has typed, and how it was to leave. */
export type TypedReply = {
  text: string
  /** With the message below it. */
  quote: boolean
  asHtml: boolean
}

/**
 * What was typed in a reply with these bodies, the way back of `replyBodies`. A signature or a message that was another one then
 * stays in the text.
 */
export function typedOf(
  { text, html }: Bodies,
  { signature, quote }: Pick<ReplyParts, 'signature' | 'quote'>,
): TypedReply {
  const whole = text.replace(/\n$/, '')
  const above = withoutBelow(whole, quote ? quoteText(quote) : '')
  const signed = above ?? whole
  return {
    text: withoutBelow(signed, signature?.trim() ?? '') ?? signed,
    quote: above !== null,
    asHtml: html !== null,
  }
}

/** The text above this one; null where that does not stand below it. */
const withoutBelow = (text: string, below: string): string | null =>
  below !== '' && text.endsWith(`\n\n${below}`) ? text.slice(0, -below.length - 2) : null

/** Text as simple HTML. */
const simpleHtml = (text: string): string =>
  text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${linked(escapeHtml(paragraph)).replaceAll('\n', '<br>')}</p>`)
    .join('\n')

// What is escaped holds no quotes and no angle brackets; what ends a sentence belongs to no link.
const linked = (escaped: string): string =>
  escaped.replace(/\bhttps?:\/\/[^\s<>"]+[^\s<>".,:;!?)&]/g, (url) => `<a href="${url}">${url}</a>`)
