import { holdBatches } from '@/db/queries/hold-batches'
import { insertEvent } from '@/db/queries/insert-event'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import { reopenFailed } from '@/db/queries/reopen-failed'
import { shiftOverdue } from '@/db/queries/shift-overdue'
import type { Deps } from '@/deps'
import { findCampaign } from './find-campaign'
import { refuseBusyBatch } from './start-campaign'

/**
 * Puts chosen failed mails (all when `ids` is absent) back with their attempts reset, together with the later steps
 * that were skipped because of them. A campaign that had completed or failed runs again; a paused one stays paused.
 * @throws {DomainError} batch_in_use
 */
export async function retryFailed(
  { db, clock, queue, log }: Deps,
  { campaignId, ids = null, by }: { campaignId: string; ids?: readonly string[] | null; by: string },
): Promise<{ reopened: number }> {
  const at = clock.now()
  const campaign = await findCampaign({ db }, campaignId)
  const reopened = await db.$transaction(
    async (tx) => {
      // Locks the campaign first: a completion that is being decided waits, and then sees the reopened mails.
      await tx.campaign.update({ where: { id: campaignId }, data: { updatedAt: at } })
      const [row] = await tx.$queryRaw<{ count: number }[]>(reopenFailed({ campaignId, ids, now: at }))
      const count = row?.count ?? 0
      if (count === 0) return 0
      const message = `${count} failed ${count === 1 ? 'mail' : 'mails'} put back`
      await tx.$executeRaw(insertEvent({ campaignId, at, kind: 'retried', actor: by, message }))
      const reopen = moveCampaignIf({
        id: campaignId,
        to: 'running',
        from: ['completed', 'failed'],
        at,
        actor: by,
        kind: 'reopened',
        message: 'Reopened',
      })
      const moved = await tx.$queryRaw<unknown[]>(reopen)
      if (moved.length > 0) {
        const held = await tx.$queryRaw<unknown[]>(holdBatches({ campaignId, at }))
        if (held.length < campaign.batches.length) await refuseBusyBatch(tx, campaign, 'resume')
        // What waited while the campaign did not run moves as at a resume.
        await tx.$executeRaw(shiftOverdue(campaignId, at))
      }
      return count
    },
    { timeout: 120_000, maxWait: 10_000 },
  )
  log.info({ campaign: campaignId, mails: reopened }, 'failed mails put back')
  await queue.enqueueTick()
  return { reopened }
}
