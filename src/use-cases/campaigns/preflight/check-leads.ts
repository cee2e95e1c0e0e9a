import { selectBusyBatch } from '@/db/queries/campaigns/lock-batches'
import { countLeadsByEligibility, selectEligibleMailedBefore } from '@/db/queries/campaigns/select-eligible-leads'
import type { Sql } from '@/db/sql'
import type { Check, LeftOut } from '@/domain/campaign/preflight'
import type { CampaignWithParts } from '../load-campaign'
import type { PreflightDeps } from './preflight-deps'

/** Counts of eligible leads, and of those left out by reason. */
export async function countLeads({ sql }: { sql: Sql }, campaignId: string) {
  const rows = await countLeadsByEligibility(sql, campaignId)
  const eligible = rows.find(({ reason }) => reason === null)?.count ?? 0
  const leftOut = rows.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : []))
  return { eligible, leftOut }
}

/** The check that there are leads to email. */
export function checkLeads(campaign: CampaignWithParts, eligible: number, leftOut: LeftOut[]): Check {
  const batches = campaign.batches.length
  const subject = 'leads' as const
  const fix = { kind: 'edit_step', step: 'leads' } as const
  if (batches === 0) return { subject, level: 'block', kind: 'no_batch', fix }
  if (eligible === 0) return { subject, level: 'block', kind: 'no_lead', leftOut, fix }
  return { subject, level: 'ok', kind: 'leads_ready', leads: eligible, batches, leftOut, fix: null }
}

/** The check that says how many leads were emailed before, and by which campaign last; null when none was. */
export async function checkMailedBefore({ sql }: PreflightDeps, campaign: CampaignWithParts): Promise<Check | null> {
  if (campaign.batches.length === 0) return null
  const found = await selectEligibleMailedBefore(sql, campaign.id)
  const [latest] = found
  if (!latest) return null
  const leads = found.reduce((sum, one) => sum + one.leads, 0)
  const fix = { kind: 'edit_step', step: 'sequence' } as const
  const last = latest.campaign === null ? null : { campaign: latest.campaign, leads: latest.leads }
  return { subject: 'leads', level: 'warn', kind: 'emailed_before', leads, last, fix }
}

/** The check that no other campaign holds the batches; null when none is chosen. */
export async function checkBatches({ sql }: PreflightDeps, campaign: CampaignWithParts): Promise<Check | null> {
  if (campaign.batches.length === 0) return null
  const subject = 'batches' as const
  const busy = await selectBusyBatch(sql, { campaignId: campaign.id })
  if (!busy) {
    const batches = campaign.batches.map(({ batch }) => batch.name)
    return { subject, level: 'ok', kind: 'batches_free', batches, fix: null }
  }
  const fix = { kind: 'open_campaign', campaignId: busy.holderId } as const
  return { subject, level: 'block', kind: 'batch_busy', batch: busy.batchName, holder: busy.holderName, fix }
}
