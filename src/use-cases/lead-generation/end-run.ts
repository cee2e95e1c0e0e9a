import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { releaseBatches } from '@/db/queries/campaigns/lock-batches'
import { moveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import {
  type CampaignOfRun,
  endRunIf,
  lockCampaignOfRun,
  noteRunFailure,
  releaseRunBatch,
  selectSourceEnds,
} from '@/db/queries/lead-generation/end-run'
import { type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { SOURCE_LABELS } from '@/domain/lead-generation/criteria'
import { daysLater } from '@/domain/time/local-time'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'

/**
 * Ends a run when none of its sources runs any more. It has failed when all sources have, and nothing was found; then
 * the failure is noted on the campaign, which goes on to its next run, or fails too when it has none and never had a
 * good one.
 * @returns whether the run is over
 */
export async function endRun(deps: Deps, runId: string): Promise<boolean> {
  const { db, sql, clock, log, queue } = deps
  const at = clock.now()
  const ended = await transaction(sql, async (tx) => {
    const campaign = await lockCampaignOfRun(tx, runId)
    if (!campaign) return null
    const sources = await selectSourceEnds(tx, runId)
    const troubles = sources.flatMap(({ source, failure }) => (failure ? [`${SOURCE_LABELS[source]}: ${failure}`] : []))
    const failed = troubles.length === sources.length && sources.every(({ found }) => found === 0)
    const outreachAt =
      !failed && campaign.campaignType === 'fully_automated' && campaign.leads > 0
        ? daysLater(campaign.startedAt ?? at, campaign.outreachDelayDays, campaign.timezone)
        : null
    const failure = troubles.length > 0 ? troubles.join(' ') : null
    const status = failed ? 'failed' : 'completed'
    if (!(await endRunIf(tx, { runId, status, failure, outreachAt, at }))) return null
    const { id, batchId } = campaign
    if (batchId && campaign.campaignType === 'lead_generation') await releaseRunBatch(tx, batchId, id, at)
    const message = failed ? `Run failed: ${failure}` : goodRun(campaign, failure)
    const kind = failed ? 'run_failed' : 'run_completed'
    await insertEvent(tx, { campaignId: id, at, kind, actor: null, message, details: { runId } })
    await sayOnCampaign(tx, campaign, failed ? failure : null, at)
    return { campaignId: id, status, failure }
  })
  if (!ended) {
    const run = await db.leadGenerationRun.findUnique({ where: { id: runId }, select: { status: true } })
    return !run || !['pending', 'running'].includes(run.status)
  }
  log.info({ campaign: ended.campaignId, run: runId, status: ended.status, reason: ended.failure }, 'run ended')
  await completeCampaigns(deps, [ended.campaignId])
  await queue.enqueueTick()
  return true
}

async function sayOnCampaign(tx: Tx, campaign: CampaignOfRun, failure: string | null, at: Date): Promise<void> {
  const { id } = campaign
  if (failure === null || campaign.nextRunAt !== null || campaign.hasCompleted) {
    await noteRunFailure(tx, id, failure, at)
    return
  }
  const reason = `Its run failed: ${failure}`
  const message = `Failed: ${reason}`
  const moved = await moveCampaignIf(tx, {
    id,
    to: 'failed',
    from: ['running'],
    at,
    actor: null,
    kind: 'failed',
    message,
    reason,
  })
  if (moved) await releaseBatches(tx, { campaignIds: [id], at })
}

function goodRun({ leads, batchName }: CampaignOfRun, failure: string | null): string {
  const found = batchName ? `${counted(leads, 'lead')} in "${batchName}"` : 'nobody new was found'
  return failure ? `Run completed in part: ${found}. ${failure}` : `Run completed: ${found}`
}
