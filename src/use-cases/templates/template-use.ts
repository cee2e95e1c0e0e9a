import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'

/** The reach of a change of this template. */
export type TemplateUse = {
  workflows: { id: string; name: string }[]
  /** Campaigns that send it, alone or through a workflow. */
  campaigns: { id: string; name: string; status: CampaignStatus }[]
  /** Emails of any campaign that are planned with it and have not left; they are rendered when they leave. */
  emailsPlanned: number
}

/** Workflows and campaigns that use or used the template, and its number of pending emails. */
export async function templateUse({ db }: Deps, templateId: string): Promise<TemplateUse> {
  const [workflows, campaigns, emailsPlanned] = await Promise.all([
    db.workflow.findMany({
      where: { steps: { some: { emailTemplateId: templateId } } },
      orderBy: { name: 'asc' },
      select: { id: true, name: true },
    }),
    db.campaign.findMany({
      where: {
        OR: [
          { emailTemplateId: templateId },
          { useWorkflow: true, workflow: { steps: { some: { emailTemplateId: templateId } } } },
          { scheduledEmails: { some: { templateId } } },
        ],
      },
      orderBy: { name: 'asc' },
      select: { id: true, name: true, status: true },
    }),
    db.scheduledEmail.count({ where: { templateId, status: 'pending' } }),
  ])
  return { workflows, campaigns, emailsPlanned }
}
