import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

/** A campaign that has planned emails from a workflow, or will at its start. */
export type WorkflowUser = { id: string; name: string; status: CampaignStatus }

const LIVE: readonly CampaignStatus[] = ['running', 'paused', 'scheduled', 'failed']

/** The selection of a workflow's campaigns that `campaignsInUse` needs. */
export const inUseSelect = {
  where: { useWorkflow: true },
  orderBy: { name: 'asc' },
  select: { id: true, name: true, status: true },
} as const

/** The campaigns among these whose emails are under way or have a date. */
export const campaignsInUse = (campaigns: readonly WorkflowUser[]) =>
  campaigns.filter(({ status }) => LIVE.includes(status))

/** Campaigns with emails of this workflow under way or with a date, by name. */
export async function workflowUsers({ db }: Deps, workflowId: string): Promise<WorkflowUser[]> {
  const campaigns = await db.campaign.findMany({
    ...inUseSelect,
    where: { workflowId, useWorkflow: true, status: { in: [...LIVE] } },
  })
  return campaigns
}

/** A sentence on which emails a change reaches; null when no campaign is under way with the workflow. */
export function reachOfChange(users: readonly WorkflowUser[]): string | null {
  const [first] = users
  if (!first) return null
  const others = users.length > 1 ? ` and ${users.length - 1} more` : ''
  const planned = users.some(({ status }) => status !== 'scheduled')
  return planned
    ? `In use by "${first.name}" (${first.status})${others}. Emails already planned keep their template and their date; only whether they reply in the thread follows the workflow. The rest of a change is for campaigns that start later.`
    : `"${first.name}"${others} will start with this workflow. Nothing is planned yet, so a change counts for it.`
}
