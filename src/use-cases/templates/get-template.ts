import { selectFillRates } from '@/db/queries/templates/select-fill-rates'
import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { type FillRate, lintTemplate } from '@/domain/message/lint'
import { VARIABLES } from '@/domain/message/variables'

/** What a change of this template reaches. */
export type TemplateUse = {
  workflows: { id: string; name: string }[]
  /** Campaigns that send it, alone or through a workflow. */
  campaigns: { id: string; name: string; status: CampaignStatus }[]
  /** Emails of any campaign that are planned with it and have not left; they are rendered when they leave. */
  emailsPlanned: number
}

/** A template with its uses and its problems. @throws {DomainError} not_found */
export async function getTemplate(deps: Deps, { id }: { id: string }) {
  const template = await deps.db.emailTemplate.findUnique({ where: { id } })
  if (!template) throw new DomainError('not_found', 'This template does not exist any more.', { templateId: id })
  const [use, fillRates] = await Promise.all([templateUse(deps, id), fillRatesOf(deps)])
  return { ...template, usedBy: use, problems: lintTemplate(template, fillRates), fillRates }
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

/** Every variable that comes from leads with its fill rate: the fixed ones in their order, then custom fields. */
export async function fillRatesOf({ sql }: Deps): Promise<FillRate[]> {
  const rows = await selectFillRates(sql)
  const fixed = VARIABLES.filter(({ group }) => group === 'lead').flatMap(({ name, label, fallback }) => {
    const row = rows.find(({ variable, custom }) => variable === name && !custom)
    return row ? [{ ...row, label, fallback: fallback ?? null }] : []
  })
  const custom = rows
    .filter((row) => row.custom && row.filled > 0)
    .sort((a, b) => (a.variable < b.variable ? -1 : 1))
    .map((row) => ({ ...row, label: row.variable.replaceAll('_', ' '), fallback: null }))
  return [...fixed, ...custom]
}
