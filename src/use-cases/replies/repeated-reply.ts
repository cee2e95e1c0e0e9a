import type { NewReply } from '@/db/queries/replies/insert-reply'
import type { ReplyAsWritten } from '@/db/queries/replies/select-written'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { undoSecondsLeft } from '@/domain/reply/state'

/** A reply that is stored, and the seconds in which it can be taken back yet. */
export type WrittenReply = { id: string; dueAt: Date; undoSeconds: number }

/** What is sent to whom. */
type Content = Pick<NewReply, 'kind' | 'toEmails' | 'ccEmails' | 'subject' | 'bodyText' | 'bodyHtml'> & {
  receivedMessageId: string | null
}

/**
 * Answers whoever asks for a reply that is stored already, as after an answer that was lost.
 * @throws {DomainError} conflict, with `already`, where it is another one or was taken back
 */
export function answerRepeated(
  { clock }: Pick<Deps, 'clock'>,
  stored: ReplyAsWritten,
  asked: Content & { writtenBy: string },
): WrittenReply {
  const { id, status, dueAt } = stored
  const refused = (why: string) => new DomainError('conflict', `${why} Nothing more was sent.`, { already: true })
  if (stored.writtenBy !== asked.writtenBy) throw refused('Somebody else has written a reply with this id.')
  if (sameOf(stored) !== sameOf(asked))
    throw refused('This reply is stored already, with another text, subject or recipient: it leaves as it was then.')
  if (status === 'cancelled') throw refused('This reply was taken back.')
  return { id, dueAt, undoSeconds: status === 'pending' ? undoSecondsLeft(dueAt, clock.now(), clock.speed) : 0 }
}

const sameOf = ({ kind, receivedMessageId, toEmails, ccEmails, subject, bodyText, bodyHtml }: Content): string =>
  JSON.stringify([kind, receivedMessageId, toEmails, ccEmails, subject, bodyText, bodyHtml])
