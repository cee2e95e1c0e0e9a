import { selectBusyBatch } from '@/db/queries/hold-batches'
import { countLeadsByEligibility } from '@/db/queries/select-eligible-leads'
import type { Deps } from '@/deps'
import type { CampaignWithParts } from './find-campaign'
import { type Check, counted, editorPage, type PreflightDeps } from './preflight'

export type LeftOut = { reason: string; count: number }

/** Eligible leads, and those left out by reason. */
export async function countLeads({ db }: Pick<Deps, 'db'>, campaignId: string) {
  const rows = await db.$queryRaw<{ reason: string | null; count: number }[]>(countLeadsByEligibility(campaignId))
  const eligible = rows.find(({ reason }) => reason === null)?.count ?? 0
  const leftOut = rows.flatMap(({ reason, count }) => (reason ? [{ reason, count }] : []))
  return { eligible, leftOut }
}

/** Whether there are leads that can be mailed. */
export function checkLeads(campaign: CampaignWithParts, eligible: number, leftOut: LeftOut[]): Check {
  const batches = campaign.batches.length
  const detail = leftOut.length > 0 ? `${sum(leftOut)} left out: ${leftOut.map(inWords).join(', ')}` : null
  const fix = { label: 'Choose leads', href: editorPage(campaign, 'leads') }
  if (batches === 0) return { key: 'leads', level: 'block', title: 'No batch of leads is chosen', detail: null, fix }
  if (eligible === 0)
    return {
      key: 'leads',
      level: 'block',
      title: 'No lead can be mailed',
      detail: detail ?? 'The batches are empty.',
      fix,
    }
  return {
    key: 'leads',
    level: 'ok',
    title: `${counted(eligible, 'lead')} from ${counted(batches, 'batch')}`,
    detail,
    fix: null,
  }
}

/** Whether no other campaign holds the batches. */
export async function checkBatches({ db }: PreflightDeps, campaign: CampaignWithParts): Promise<Check | null> {
  if (campaign.batches.length === 0) return null
  const [busy] = await db.$queryRaw<{ batchName: string; holderName: string; holderId: string }[]>(
    selectBusyBatch(campaign.id),
  )
  const names = campaign.batches.map(({ batch }) => batch.name).join(', ')
  if (!busy) return { key: 'batches', level: 'ok', title: 'Batches are free', detail: names, fix: null }
  return {
    key: 'batches',
    level: 'block',
    title: `Batch "${busy.batchName}" is in use by "${busy.holderName}"`,
    detail: 'A batch belongs to one running campaign at a time.',
    fix: { label: 'See campaign', href: `/campaigns/${busy.holderId}` },
  }
}

const sum = (leftOut: LeftOut[]) => leftOut.reduce((total, entry) => total + entry.count, 0)
const inWords = ({ reason, count: n }: LeftOut) => `${n} ${reason.replaceAll('_', ' ')}`
