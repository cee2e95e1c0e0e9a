import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { factsOf, lockConversationRow, updateConversation } from '@/db/queries/inbox/conversation-row'
import { markAnsweredRead } from '@/db/queries/notifications/mark-read'
import type { LeftReply } from '@/db/queries/replies/left-reply'
import type { Tx } from '@/db/sql'
import { afterReply } from '@/domain/inbox/conversation'
import { saidLast } from '@/domain/inbox/excerpt'
import { aboveQuote } from '@/domain/reply/above-quote'

/**
 * Records that one of us has answered: the conversation waits for us no more, and its lead gets nothing that was planned before, as
 * after an answer by hand; what came after it was written stays unread, and what people were told of before is read. What was forwarded
 * answers nobody. Runs behind the closed send gate, the lead's campaigns locked.
 */
export async function recordAnswered(
  tx: Tx,
  { leadId, conversationId, kind, answeredAt, writtenAt, subject, bodyText }: LeftReply,
  at: Date,
): Promise<void> {
  if (kind !== 'answer' || !answeredAt) return
  if (leadId) await skipPendingOfLeads(tx, { leadIds: [leadId], reason: 'answered_by_hand', at })
  // Conversations are locked last.
  const conversation = conversationId && (await lockConversationRow(tx, conversationId))
  if (!conversation) return
  const facts = factsOf(conversation)
  const said = saidLast(facts, { at: answeredAt, subject, text: aboveQuote(bodyText) })
  await updateConversation(tx, { ...afterReply(facts, answeredAt, writtenAt), ...said }, at)
  await markAnsweredRead(tx, { conversationId: conversation.id, until: writtenAt, at })
}
