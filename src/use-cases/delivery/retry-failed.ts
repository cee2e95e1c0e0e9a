import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { lockCampaignByWrite } from '@/db/queries/campaigns/update-campaign-row'
import { reopenFailed } from '@/db/queries/delivery/reopen-failed'
import { shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { lockBatches } from '@/use-cases/campaigns/lock-batches'

/**
 * Puts chosen failed emails (all when `ids` is absent) back with their attempts reset, together with the later steps
 * that were skipped because of them. A campaign that had completed or failed runs again; a paused one stays paused.
 * @throws {DomainError} not_found, batch_in_use
 */
export async function retryFailed(
  { sql, clock, queue, log }: Deps,
  { campaignId, ids = null, by }: { campaignId: string; ids?: readonly string[] | null; by: string },
): Promise<{ reopened: number }> {
  const at = clock.now()
  const campaign = await loadCampaign({ sql }, campaignId)
  const reopened = await transaction(sql, async (tx) => {
    // The campaign first: a completion that is being decided waits, and then sees the reopened emails.
    await lockCampaignByWrite(tx, { campaignId, at })
    const count = await reopenFailed(tx, { campaignId, ids, now: at })
    if (count === 0) return 0
    const message = `${counted(count, 'failed email')} put back`
    await insertEvent(tx, { campaignId, at, kind: 'retried', actor: by, message })
    const moved = await moveCampaignIf(tx, {
      id: campaignId,
      to: 'running',
      from: ['completed', 'failed'],
      at,
      actor: by,
      kind: 'reopened',
      message: 'Reopened',
    })
    if (moved) {
      await lockBatches(tx, campaign, { verb: 'resume', at })
      // What waited while the campaign did not run moves as at a resume.
      await shiftOverdue(tx, campaignId, at)
    }
    return count
  })
  log.info({ campaign: campaignId, emails: reopened }, 'failed emails put back')
  await queue.enqueueTick()
  return { reopened }
}
