import { isForeignKeyError } from '@/db/errors'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { titleOf } from '@/domain/templates/title'
import { type TemplateUse, templateUse } from './template-use'

/** Deletes a template that no workflow, campaign or email uses or used. @throws {DomainError} not_found, in_use */
export async function deleteTemplate(
  deps: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string }> {
  const template = await deps.db.emailTemplate.findUnique({ where: { id }, select: { name: true, subject: true } })
  if (!template) throw isGone(id)
  const use = await templateUse(deps, id)
  if (use.workflows.length + use.campaigns.length > 0) throw inUse(titleOf(template), use)
  try {
    // Of two who delete it at once the database lets one.
    if ((await deps.db.emailTemplate.deleteMany({ where: { id } })).count === 0) throw isGone(id)
  } catch (error) {
    // Somebody began to use it between the look and the deletion; the database refuses.
    if (isForeignKeyError(error)) throw inUse(titleOf(template), await templateUse(deps, id))
    throw error
  }
  deps.log.info({ template: id, by }, 'template deleted')
  return { id }
}

const isGone = (templateId: string) =>
  new DomainError('not_found', 'This template does not exist any more. Nothing was deleted.', { templateId })

function inUse(name: string, { workflows, workflowCount, campaigns, campaignCount }: TemplateUse) {
  const [workflow] = workflows
  const [campaign] = campaigns
  const first = workflow ? `workflow "${workflow.name}"` : `campaign "${campaign?.name}" (${campaign?.status})`
  const others = (workflow ? workflowCount : campaignCount) - 1
  const more = others > 0 ? ` and ${others} more` : ''
  const advice = workflow
    ? 'Choose another template there first.'
    : campaign?.status === 'draft'
      ? 'Choose another template in that campaign first.'
      : "It belongs to that campaign's history."
  return new DomainError('in_use', `Template "${name}" is used by ${first}${more}. Nothing was deleted. ${advice}`, {
    workflows,
    campaigns,
  })
}
