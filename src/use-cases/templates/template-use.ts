import { countPlannedWith, selectTemplateCampaigns } from '@/db/queries/templates/select-template-use'
import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

const NAMED_AT_MOST = 20

/** The reach of a change of this template. Of many uses only the first are named. */
export type TemplateUse = {
  workflows: { id: string; name: string }[]
  workflowCount: number
  /** Campaigns that send it, alone or through a workflow; those under way first. */
  campaigns: { id: string; name: string; status: CampaignStatus }[]
  campaignCount: number
  /** Of them: running, paused or failed. */
  liveCount: number
  /** Emails of any campaign that are planned with it and have not left; they are rendered when they leave. */
  emailsPlanned: number
}

/** Workflows and campaigns that use or used the template, and its number of pending emails. */
export async function templateUse({ db, sql }: Pick<Deps, 'db' | 'sql'>, templateId: string): Promise<TemplateUse> {
  // A sequence of a campaign's own is that campaign.
  const where = { listed: true, campaignId: null, steps: { some: { emailTemplateId: templateId } } }
  const [workflows, users, emailsPlanned] = await Promise.all([
    db.workflow.findMany({ where, orderBy: { name: 'asc' }, take: NAMED_AT_MOST, select: { id: true, name: true } }),
    selectTemplateCampaigns(sql, { templateId, limit: NAMED_AT_MOST }),
    countPlannedWith(sql, templateId),
  ])
  return {
    workflows,
    workflowCount: workflows.length < NAMED_AT_MOST ? workflows.length : await db.workflow.count({ where }),
    campaigns: users.map(({ id, name, status }) => ({ id, name, status })),
    campaignCount: users[0]?.users ?? 0,
    liveCount: users[0]?.live ?? 0,
    emailsPlanned,
  }
}
