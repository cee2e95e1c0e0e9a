import type { MessageRow } from '@/db/queries/conversations/store-message'
import {
  type ConversationOf,
  type ConversationRow,
  factsOf,
  insertConversation,
  lockConversationOf,
  lockConversationRow,
  lockConversationsOf,
  selectTheirMessages,
  updateConversation,
} from '@/db/queries/inbox/conversation-row'
import { markAnsweredRead } from '@/db/queries/notifications/mark-read'
import type { Tx } from '@/db/sql'
import { afterCorrection, afterMessage, afterReply, NOTHING_SAID } from '@/domain/inbox/conversation'
import { saidLast } from '@/domain/inbox/excerpt'
import { interestAfter, saidInterest } from '@/domain/inbox/interest'

/** A message as it is about to be stored, with what its conversation needs beside it. */
type Kept = { message: MessageRow; leadEmail: string | null; asksPerson: boolean; at: Date }

/** Locks the conversations of messages of one mailbox that are about to be stored, those that there are. */
export async function lockConversations(tx: Tx, mailboxId: string, messages: readonly MessageRow[]): Promise<void> {
  const all = messages.flatMap((message) => conversationOf(message) ?? [])
  const leadIds = all.flatMap((of) => ('leadId' in of ? [of.leadId] : []))
  const correspondents = all.flatMap((of) => ('leadId' in of ? [] : [of.correspondent]))
  // A single one is locked as it is kept.
  if (all.length > 1) await lockConversationsOf(tx, { leadIds, mailboxId, correspondents })
}

/**
 * Puts a message into its conversation, which is begun with their first one. Returns its id; null for what is none of anybody's:
 * copies of what we sent, drafts, and what was written by hand to people that have not written to us.
 */
export async function keepConversation(tx: Tx, kept: Kept): Promise<string | null> {
  const of = conversationOf(kept.message)
  const before = of && (await lockConversationOf(tx, of))
  if (!of || (!before && kept.message.kind === 'own' && kept.message.leadId === null)) return null
  const { message, at } = kept
  const first = { ...BEFORE_ANY, leadId: message.leadId, mailboxId: message.mailboxId }
  const after = withMessage(before ?? { ...first, id: '' }, kept)
  if (!before) return insertConversation(tx, after, at)
  await updateConversation(tx, after, at)
  if (message.kind === 'own') await markAnsweredRead(tx, { conversationId: before.id, until: message.receivedAt, at })
  return before.id
}

const BEFORE_ANY = {
  ...NOTHING_SAID,
  ...{ correspondent: '', correspondentName: '', campaignId: null, assigneeId: null },
  ...{ subject: '', excerpt: '', interest: null, version: 0 },
}

/** Whose conversation a message belongs to; null for copies and drafts. */
function conversationOf({ kind, details, leadId, mailboxId, fromEmail, toEmails }: MessageRow): ConversationOf | null {
  if (kind === 'own' && details.byHand !== true) return null
  if (leadId) return { leadId }
  const correspondent = kind === 'own' ? toEmails[0] : fromEmail
  return correspondent === undefined ? null : { mailboxId, correspondent: correspondent.toLowerCase() }
}

function withMessage(before: ConversationRow, { message, leadEmail, asksPerson }: Kept): ConversationRow {
  const { kind, details, receivedAt, campaignId, mailboxId } = message
  const facts = factsOf(before)
  const said = saidLast(facts, { at: receivedAt, subject: message.subject, text: message.newText })
  const of = { ...('excerpt' in said && campaignId ? { campaignId } : {}), ...said }
  if (kind === 'own') {
    const { isMatched: _, ...after } = afterReply(facts, receivedAt)
    return { ...after, ...of, correspondent: before.correspondent || (leadEmail ?? '') }
  }
  const isTheirLatest = before.lastInAt === null || receivedAt >= before.lastInAt
  const { isMatched: _, ...after } = afterMessage(facts, { at: receivedAt, kind, asksPerson })
  return {
    ...after,
    ...of,
    ...(isTheirLatest ? { mailboxId, ...judgedAfter(before, saidInterest({ kind, details, asksPerson })) } : {}),
    ...writerOf(before, message, leadEmail, isTheirLatest),
  }
}

/** What was confirmed of an answer before this one; what takes that back is refused once it is confirmed no more. */
function judgedAfter({ interest, version }: ConversationRow, said: ReturnType<typeof saidInterest>) {
  const after = interestAfter(interest, said)
  return after === interest ? {} : { interest: after, version: version + 1 }
}

/** Who is answered: the one who wrote last, but for the servers that report. */
function writerOf(
  { leadId, correspondent, correspondentName }: ConversationRow,
  { kind, fromEmail, fromName }: MessageRow,
  leadEmail: string | null,
  isTheirLatest: boolean,
) {
  const isReport = kind === 'bounce' || kind === 'complaint'
  const from = fromEmail.toLowerCase()
  if (leadId !== null && (isReport || !isTheirLatest || from === ''))
    return { correspondent: correspondent || (leadEmail ?? ''), correspondentName }
  const known = from === correspondent ? correspondentName : ''
  const name = isReport ? '' : fromName
  return { correspondent: from, correspondentName: name || known }
}

/** Puts a conversation where it stands after one of its messages was corrected. */
export async function keepCorrected(tx: Tx, conversationId: string | null, at: Date): Promise<void> {
  const before = conversationId === null ? null : await lockConversationRow(tx, conversationId)
  if (!before) return
  const { isMatched: _, ...after } = afterCorrection(factsOf(before), await selectTheirMessages(tx, before.id))
  await updateConversation(tx, after, at)
}
