import { selectTemplates } from '@/db/queries/campaigns/select-campaign'
import { selectPlannedTemplates } from '@/db/queries/changes/select-planned-templates'
import type { Sql } from '@/db/sql'
import type { StepsChange } from '@/domain/campaign/changes/steps'
import { DomainError } from '@/domain/errors'
import type { SequenceStep } from '@/use-cases/campaigns/load-campaign'

/**
 * The steps of a proposed sequence with their templates: those that anybody may choose, and texts that the campaign has sent or would
 * send already.
 * @throws {DomainError} not_found where one is gone, or a text of somebody else's step
 */
export async function loadProposedTemplates(
  sql: Sql,
  { campaignId, before, after: steps }: { campaignId: string } & Pick<StepsChange, 'before' | 'after'>,
): Promise<SequenceStep[]> {
  const ids = [...new Set(steps.map(({ templateId }) => templateId))]
  const templates = new Map((await selectTemplates(sql, ids)).map((template) => [template.id, template]))
  const own = new Set([
    ...before.map(({ templateId }) => templateId),
    ...(await selectPlannedTemplates(sql, campaignId)),
  ])
  return steps.map(({ templateId, daysAfterPrevious, replyInThread }, i) => {
    const template = templates.get(templateId)
    if (template && (template.workflowId === null || own.has(template.id)))
      return { stepNumber: i + 1, daysAfterPrevious, replyInThread, template }
    throw new DomainError(
      'not_found',
      `The template of step ${i + 1} does not exist any more. Nothing was changed. Choose another template.`,
      { step: i + 1, templateId },
    )
  })
}
