import { releaseBatches } from '@/db/queries/hold-batches'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import { selectFailureCounts } from '@/db/queries/select-failing-campaigns'
import { inTransaction, queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { tooManyFailed } from '@/domain/campaign/progress'

/** Fails campaigns of which too many mails failed. What is left stays planned; batches are free until a resume. */
export async function failCampaigns({ pool, clock, log }: Deps, campaignIds: readonly string[] | null): Promise<void> {
  const counts = await queryRows<{ id: string; failed: number; planned: number }>(
    pool,
    selectFailureCounts(campaignIds),
  )
  const failing = counts.filter(tooManyFailed)
  for (const { id, failed, planned } of failing) {
    const at = clock.now()
    const reason = `${Math.round((100 * failed) / planned)} % of the mails failed or could not follow (${failed} of ${planned})`
    const moved = await inTransaction(pool, async (tx) => {
      const move = moveCampaignIf({
        id,
        to: 'failed',
        at,
        actor: null,
        kind: 'failed',
        message: `Failed: ${reason}`,
        reason,
      })
      const rows = await queryRows(tx, move)
      if (rows.length > 0) await queryRows(tx, releaseBatches({ campaignIds: [id], at }))
      return rows.length > 0
    })
    if (moved) log.warn({ campaign: id, reason }, 'campaign failed')
  }
}
