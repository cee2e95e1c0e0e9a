import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

/** A campaign that has planned emails from a workflow, or will at its start. */
export type WorkflowUser = { id: string; name: string; status: CampaignStatus }

/** States of campaigns whose emails are under way or have a date. */
export const LIVE: readonly CampaignStatus[] = ['running', 'paused', 'scheduled', 'failed']

const NAMED_AT_MOST = 20

/** The campaigns with emails of a workflow under way or with a date: how many, how many of them have planned, and the first by name. */
export type WorkflowUse = {
  inUseBy: WorkflowUser[]
  users: number
  planned: number /** Steps have texts for themselves. */
  ownTexts: boolean
}

/** What is under way with this workflow. */
export async function workflowUse({ db }: Pick<Deps, 'db'>, workflowId: string): Promise<WorkflowUse> {
  const live = { workflowId, useWorkflow: true, status: { in: [...LIVE] } }
  const [inUseBy, users, scheduled, text] = await Promise.all([
    db.campaign.findMany({
      where: live,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: NAMED_AT_MOST,
      select: { id: true, name: true, status: true },
    }),
    db.campaign.count({ where: live }),
    db.campaign.count({ where: { ...live, status: 'scheduled' } }),
    db.emailTemplate.findFirst({ where: { workflowId }, select: { id: true } }),
  ])
  return { inUseBy, users, planned: users - scheduled, ownTexts: text !== null }
}

/** A sentence on which emails a change reaches; null when no campaign is under way with the workflow. */
export function reachOfChange({ inUseBy: [first], users, planned, ownTexts }: WorkflowUse): string | null {
  if (!first) return null
  const others = users > 1 ? ` and ${users - 1} more` : ''
  const follows = ownTexts
    ? 'what is written in the steps, and whether they reply in the thread, follows'
    : 'only whether they reply in the thread follows'
  return planned > 0
    ? `In use by "${first.name}" (${first.status})${others}. Emails already planned keep their template and their date; ${follows} the workflow. The rest of a change is for campaigns that start later.`
    : `"${first.name}"${others} will start with this workflow. Nothing is planned yet, so a change counts for it.`
}
