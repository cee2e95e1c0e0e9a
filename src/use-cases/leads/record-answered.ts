import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'
import { factsOf, lockConversationRow, updateConversation } from '@/db/queries/inbox/conversation-row'
import type { Tx } from '@/db/sql'
import { afterReply } from '@/domain/inbox/conversation'
import type { ReplyKind } from '@/domain/reply/state'

/** A reply that has left, as it was recorded. */
export type LeftReply = {
  leadId: string | null
  conversationId: string | null
  kind: ReplyKind
  /** Null for one that has not left after all. */
  sentAt: Date | null
}

/**
 * Records that one of us has answered: the conversation waits for us no more, and its lead gets nothing that was planned before, as
 * after an answer by hand. What was forwarded answers nobody. Runs behind the closed send gate, the lead's campaigns locked.
 */
export async function recordAnswered(
  tx: Tx,
  { leadId, conversationId, kind, sentAt }: LeftReply,
  at: Date,
): Promise<void> {
  if (kind !== 'answer' || !sentAt) return
  const conversation = conversationId && (await lockConversationRow(tx, conversationId))
  if (conversation) await updateConversation(tx, afterReply(factsOf(conversation), sentAt), at)
  if (leadId) await skipPendingOfLeads(tx, { leadIds: [leadId], reason: 'answered_by_hand', at })
}
