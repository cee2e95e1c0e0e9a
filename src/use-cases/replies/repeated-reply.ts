import { createHash } from 'node:crypto'
import type { ReplyAsWritten } from '@/db/queries/replies/select-written'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type ReplyKind, undoSecondsLeft } from '@/domain/reply/state'

/** A reply that is stored, and the seconds in which it can be taken back yet. */
export type WrittenReply = { id: string; dueAt: Date; undoSeconds: number }

/** What a person asks for when they send a reply, read. */
type Asked = {
  messageId: string
  kind: ReplyKind
  to: readonly string[]
  cc: readonly string[]
  /** Empty: that of the conversation. */
  subject: string
  text: string
  asHtml: boolean
  quote: boolean
}

/**
 * Digest by which the same is known when it is asked for again. Nothing goes in that may have changed meanwhile: neither the signature and
 * the zone of the mailbox nor the message below the text.
 */
export const askedHashOf = ({ messageId, kind, to, cc, subject, text, asHtml, quote }: Asked): string =>
  createHash('sha256')
    .update(JSON.stringify([messageId, kind, to, cc, subject, text.replace(/\r\n?/g, '\n').trimEnd(), asHtml, quote]))
    .digest('hex')

/**
 * Answers whoever asks for a reply that is stored already, as after an answer that was lost.
 * @throws {DomainError} conflict, with `already`, where it is another one or was taken back
 */
export function answerRepeated(
  { clock }: Pick<Deps, 'clock'>,
  stored: ReplyAsWritten,
  asked: { askedHash: string; by: string },
): WrittenReply {
  const { id, status, dueAt } = stored
  const refused = (why: string) => new DomainError('conflict', `${why} Nothing more was sent.`, { already: true })
  if (stored.writtenBy !== asked.by) throw refused('Somebody else has written a reply with this id.')
  if (stored.askedHash !== asked.askedHash)
    throw refused('This reply is stored already, with another text, subject or recipient: it leaves as it was then.')
  if (status === 'cancelled') throw refused('This reply was taken back.')
  return { id, dueAt, undoSeconds: status === 'pending' ? undoSecondsLeft(dueAt, clock.now(), clock.speed) : 0 }
}
