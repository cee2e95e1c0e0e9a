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
