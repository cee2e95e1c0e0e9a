import { hasPending } from '@/db/queries/campaigns/has-pending'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { previewShift, type ShiftPreview, shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { repeatRunIfFailed } from '@/db/queries/lead-generation/create-due-run'
import { selectHeldByRestore } from '@/db/queries/maintenance/pause-restored'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { refusedAct } from '@/domain/campaign/refused-act'
import { ACTS } from '@/domain/campaign/state'
import { requireLeaving } from './check-campaign'
import { completeCampaigns } from './complete-campaigns'
import { loadCampaign } from './load-campaign'
import { lockBatches } from './lock-batches'

/**
 * Resumes a paused or failed campaign. Nothing is lost and nothing floods: each lead's remaining emails move together
 * by how far its earliest one is overdue. A failed campaign takes its batches
 * again, and makes its run again if that is what had failed. With nothing left it completes.
 * @throws {DomainError} illegal_move, not_ready, batch_in_use
 */
export async function resumeCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string },
): Promise<{ status: 'running' | 'completed'; emailsShifted: number }> {
  const { sql, clock, log, queue } = deps
  const at = clock.now()
  const campaign = await loadCampaign(deps, campaignId)
  const emailsShifted = await transaction(sql, async (tx) => {
    const moved = await moveCampaignIf(tx, {
      id: campaignId,
      to: 'running',
      from: ACTS.resume.from,
      at,
      actor: by,
      kind: 'resumed',
      message: 'Resumed',
    })
    if (!moved) throw refusedAct(await loadCampaign({ sql: tx }, campaignId), 'resume')
    // With nothing left it only completes, and nothing leaves.
    if (await hasPending(tx, campaignId))
      await requireLeaving({ ...deps, sql: tx }, campaign, `"${campaign.name}" can't be resumed`)
    await lockBatches(tx, campaign, { verb: 'resume', at })
    await repeatRunIfFailed(tx, campaignId, at)
    return shiftOverdue(tx, campaignId, at)
  })
  log.info({ campaign: campaignId, emailsShifted }, 'campaign resumed')
  const completed = await completeCampaigns(deps, [campaignId])
  await queue.enqueueTick()
  return { status: completed.includes(campaignId) ? 'completed' : 'running', emailsShifted }
}

/** Emails that were held as the database was restored, and the time of its backup: they may have left since. */
type InDoubt = { emails: number; takenAt: Date }

/**
 * The emails that a resume at this moment would shift, and how far; and those that may have left since a backup, which stay held.
 * Changes nothing. @throws {DomainError} not_found
 */
export async function previewResume(
  { sql, clock }: Deps,
  { campaignId }: { campaignId: string },
): Promise<ShiftPreview & { campaignId: string; inDoubt: InDoubt | null }> {
  await loadCampaign({ sql }, campaignId)
  const preview = await previewShift(sql, campaignId, clock.now())
  if (!preview) throw new Error('The preview has no row')
  return { campaignId, ...preview, inDoubt: await selectHeldByRestore(sql, campaignId) }
}
