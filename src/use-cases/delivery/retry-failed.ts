import { lockCampaignByWrite } from '@/db/queries/campaigns/campaign-row'
import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { reopenFailed } from '@/db/queries/delivery/reopen-failed'
import { selectFailed } from '@/db/queries/delivery/select-failed'
import { shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { type Sql, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { type RetryObstacle, retryObstacleOf } from '@/domain/delivery/retryable'
import { requireLeaving } from '@/use-cases/campaigns/check-campaign'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { lockBatches } from '@/use-cases/campaigns/lock-batches'

export type RetryFailed = {
  campaignId: string
  ids?: readonly string[] | null | undefined
  /** Only looks what would be put back. */
  dryRun?: boolean | undefined
  by: string
}

export type RetriedFailed = { reopened: number; leftOut: { reason: RetryObstacle; count: number }[] }

/**
 * Puts chosen failed emails (all when `ids` is absent) back with their attempts reset, together with the later steps
 * that were skipped because of them. Those that cannot work are left out, as they are. A campaign that had
 * completed or failed runs again; a paused one stays paused.
 * @throws {DomainError} not_found, not_ready, batch_in_use
 */
export async function retryFailed(
  deps: Deps,
  { campaignId, ids = null, dryRun = false, by }: RetryFailed,
): Promise<RetriedFailed> {
  const { sql, clock, queue, log } = deps
  const at = clock.now()
  const campaign = await loadCampaign({ sql }, campaignId)
  if (dryRun) {
    const { retryable, leftOut } = await readRetryable(sql, { campaignId, ids })
    return { reopened: retryable.length, leftOut }
  }
  const { reopened, leftOut } = await transaction(sql, async (tx) => {
    // The campaign first: a completion that is being decided waits, and then sees the reopened emails.
    await lockCampaignByWrite(tx, { campaignId, at })
    const { retryable, leftOut } = await readRetryable(tx, { campaignId, ids })
    const count = await reopenFailed(tx, { campaignId, ids: retryable, now: at })
    if (count === 0) return { reopened: 0, leftOut }
    await requireLeaving({ ...deps, sql: tx }, campaign, `"${campaign.name}" can't send them again`)
    const message = `${counted(count, 'failed email')} planned again`
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
      await lockBatches(tx, campaign, { verb: 'reopen', at })
      // What waited while the campaign did not run moves as at a resume.
      await shiftOverdue(tx, campaignId, at)
    }
    return { reopened: count, leftOut }
  })
  log.info({ campaign: campaignId, emails: reopened, leftOut }, 'failed emails put back')
  await queue.enqueueTick()
  return { reopened, leftOut }
}

/** The failed emails that can be tried again, and those that cannot by what stands in the way, the most frequent first. */
async function readRetryable(sql: Sql, chosen: { campaignId: string; ids: readonly string[] | null }) {
  const groups = Map.groupBy(await selectFailed(sql, chosen), retryObstacleOf)
  const retryable = (groups.get(null) ?? []).map(({ id }) => id)
  const leftOut = [...groups]
    .flatMap(([reason, emails]) => (reason ? [{ reason, count: emails.length }] : []))
    .sort((a, b) => b.count - a.count)
  return { retryable, leftOut }
}
