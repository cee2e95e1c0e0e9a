import type { Deps } from '@/deps'
import { correctionsOf } from '@/domain/conversation/correction'
import { readReceivedKind } from '@/domain/conversation/received-kind'
import { readEffects } from '@/domain/conversation/stored-effects'
import { readUndo } from '@/domain/conversation/stored-undo'
import { cutText } from '@/domain/cut-text'

const MESSAGES_LENGTH = 100

/**
 * Messages that came in and those that were written by hand, the latest first, each with what it did and what a person may say that
 * it is instead. `length`: so much of their text.
 */
export async function listReceived(
  { db }: Pick<Deps, 'db'>,
  where: { leadId: string } | { conversationId: string },
  length: number,
) {
  const messages = await db.receivedMessage.findMany({
    // Copies of planned emails stand among these.
    where: { ...where, OR: [{ kind: { not: 'own' } }, { details: { path: ['byHand'], equals: true } }] },
    orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
    take: MESSAGES_LENGTH,
    select: {
      id: true,
      receivedAt: true,
      fromEmail: true,
      fromName: true,
      subject: true,
      kind: true,
      newText: true,
      textKeptDays: true,
      effects: true,
      undo: true,
      matchedBy: true,
      correctedFrom: true,
      correctedAt: true,
      mailbox: { select: { fromEmail: true, timezone: true } },
    },
  })
  return messages.map(({ newText, effects: stored, undo, matchedBy, correctedAt, ...message }) => {
    const effects = readEffects(stored)
    const kind = readReceivedKind(message.kind)
    const standing = { kind, asksPerson: effects.asksPerson === true, isCorrected: correctedAt !== null }
    const text = newText.trim()
    return {
      ...message,
      excerpt: cutText(text, length),
      /** There is more text of theirs than this. */
      isCut: text.length > length,
      effects,
      /** What a person may say that it is instead. */
      corrections: matchedBy ? correctionsOf(standing) : [],
      /** Addresses that come off the suppression list with it, for which a reason is asked. */
      suppressed: readUndo(undo).suppressed ?? [],
    }
  })
}
