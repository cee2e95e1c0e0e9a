import { repeatFailedRun } from '@/db/queries/create-due-run'
import { holdBatches } from '@/db/queries/hold-batches'
import { moveCampaignIf } from '@/db/queries/move-campaign'
import { previewShift, type ShiftPreview, shiftOverdue } from '@/db/queries/shift-overdue'
import type { Deps } from '@/deps'
import { illegalMove } from '@/domain/campaign/state'
import { completeCampaigns } from './complete-campaigns'
import { findCampaign } from './find-campaign'
import { refuseBusyBatch } from './start-campaign'

// Setting 300,000 rows forward takes seconds.
const RESUME_TIMEOUT_MS = 120_000

/** What a resume at this moment would move. Changes nothing. */
export async function previewResume(
  { db, clock }: Deps,
  { campaignId }: { campaignId: string },
): Promise<ShiftPreview & { campaignId: string }> {
  await findCampaign({ db }, campaignId)
  const [preview] = await db.$queryRaw<ShiftPreview[]>(previewShift(campaignId, clock.now()))
  if (!preview) throw new Error('The preview has no row')
  return { campaignId, ...preview }
}

/**
 * Resumes a paused or failed campaign. Nothing is lost and nothing floods: each lead's remaining mails move together
 * by how far its earliest one is overdue. A failed campaign takes its batches
 * again, and makes its run again if that is what had failed. With nothing left it completes.
 * @throws {DomainError} illegal_move, batch_in_use
 */
export async function resumeCampaign(
  deps: Deps,
  { campaignId, by }: { campaignId: string; by: string },
): Promise<{ status: 'running' | 'completed'; mailsMoved: number }> {
  const { db, clock, log, queue } = deps
  const at = clock.now()
  const campaign = await findCampaign(deps, campaignId)
  const mailsMoved = await db.$transaction(
    async (tx) => {
      const move = moveCampaignIf({
        id: campaignId,
        to: 'running',
        from: ['paused', 'failed'],
        at,
        actor: by,
        kind: 'resumed',
        message: 'Resumed',
      })
      if ((await tx.$queryRaw<unknown[]>(move)).length === 0) {
        throw illegalMove(campaign, 'resume', campaign.status, 'running')
      }
      const held = await tx.$queryRaw<unknown[]>(holdBatches({ campaignId, at }))
      if (held.length < campaign.batches.length) await refuseBusyBatch(tx, campaign, 'resume')
      await tx.$queryRaw(repeatFailedRun(campaignId, at))
      return tx.$executeRaw(shiftOverdue(campaignId, at))
    },
    { timeout: RESUME_TIMEOUT_MS, maxWait: 10_000 },
  )
  log.info({ campaign: campaignId, mailsMoved }, 'campaign resumed')
  const completed = await completeCampaigns(deps, [campaignId])
  await queue.enqueueTick()
  return { status: completed.includes(campaignId) ? 'completed' : 'running', mailsMoved }
}
