import type { Bodies } from '../message/compose'
import { type ComposedEmail, type Person, safeAddress, safeMessageId, safePerson, safeText } from '../message/headers'

export type ReplyEmailFacts = Bodies & {
  from: Person
  to: readonly string[]
  cc: readonly string[]
  replyTo: string | null
  subject: string
  /** Fixed when the reply is written. */
  messageId: string
  inReplyTo: string | null
  /** Of the whole conversation, oldest first. */
  references: readonly string[]
  threadIndex: string | null
  date: Date
}

/**
 * An email that a person has written, with all its headers. It is no mass mail: nothing in it asks to unsubscribe. Throws
 * `invalid_input` as `buildCampaignEmail` does.
 */
export const buildReplyEmail = (facts: ReplyEmailFacts): ComposedEmail => ({
  from: safePerson('sender', facts.from),
  to: facts.to.map((address) => safeAddress('recipient', address)),
  ...(facts.cc.length > 0 ? { cc: facts.cc.map((address) => safeAddress('recipient', address)) } : {}),
  ...(facts.replyTo ? { replyTo: safeAddress('Reply-To address', facts.replyTo) } : {}),
  subject: safeText('subject', facts.subject),
  text: facts.text,
  ...(facts.html === null ? {} : { html: facts.html }),
  messageId: safeMessageId('Message-ID', facts.messageId),
  ...(facts.inReplyTo ? { inReplyTo: safeMessageId('In-Reply-To', facts.inReplyTo) } : {}),
  ...(facts.references.length > 0 ? { references: facts.references.map((id) => safeMessageId('References', id)) } : {}),
  date: facts.date,
  headers: facts.threadIndex ? { 'Thread-Index': safeText('Thread-Index', facts.threadIndex) } : {},
  disableFileAccess: true,
  disableUrlAccess: true,
})
