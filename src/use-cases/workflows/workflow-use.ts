import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

/** A campaign that has planned emails from a workflow, or will at its start. */
export type WorkflowUser = { id: string; name: string; status: CampaignStatus }

/** States of campaigns whose emails are under way or have a date. */
export const LIVE: readonly CampaignStatus[] = ['running', 'paused', 'scheduled', 'failed']

const NAMED_AT_MOST = 20

/** The campaigns with emails of a workflow under way or with a date: how many, how many of them have planned, and the first by name. */
export type WorkflowUse = { inUseBy: WorkflowUser[]; users: number; planned: number }

/** What is under way with this workflow. */
export async function workflowUse({ db }: Pick<Deps, 'db'>, workflowId: string): Promise<WorkflowUse> {
  const live = { workflowId, useWorkflow: true, status: { in: [...LIVE] } }
  const [inUseBy, users, scheduled] = await Promise.all([
    db.campaign.findMany({
      where: live,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: NAMED_AT_MOST,
      select: { id: true, name: true, status: true },
    }),
    db.campaign.count({ where: live }),
    db.campaign.count({ where: { ...live, status: 'scheduled' } }),
  ])
  return { inUseBy, users, planned: users - scheduled }
}

/** A sentence on which emails a change reaches; null when no campaign is under way with the workflow. */
export function reachOfChange({ inUseBy: [first], users, planned }: WorkflowUse): string | null {
  if (!first) return null
  const others = users > 1 ? ` and ${users - 1} more` : ''
  return planned > 0
    ? `In use by "${first.name}" (${first.status})${others}. Emails already planned keep their template and their date; only whether they reply in the thread follows the workflow. The rest of a change is for campaigns that start later.`
    : `"${first.name}"${others} will start with this workflow. Nothing is planned yet, so a change counts for it.`
}
