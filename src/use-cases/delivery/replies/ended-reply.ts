import { lockCampaignsOfLeads } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { endReplyIfPending } from '@/db/queries/replies/move-reply'
import type { DueReply } from '@/db/queries/replies/select-due-replies'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { recordAnswered } from '@/use-cases/leads/record-answered'

/**
 * Ends a reply that goes to nobody any more, for a reason of ours; null: all have it. Where it has reached somebody it is sent, and an
 * answer like any other.
 */
export async function endReply(
  { sql, clock }: Deps,
  { id, leadId }: Pick<DueReply, 'id' | 'leadId'>,
  reason: string | null,
): Promise<void> {
  await withSendingBlocked(sql, async (tx) => {
    if (leadId) await lockCampaignsOfLeads(tx, [leadId])
    const at = clock.now()
    const ended = await endReplyIfPending(tx, { id, reason, at })
    if (ended) await recordAnswered(tx, ended, at)
  })
}
