import { isForeignKeyError } from '@/db/errors'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { StepDraft } from '@/domain/workflow/steps'

/**
 * Refuses steps whose template is gone, or is the text of a step of another workflow, naming the step. `workflowId`: whose
 * steps these are; null for those of a new one.
 * @throws {DomainError} not_found
 */
export async function requireTemplates(
  { db }: Pick<Deps, 'db'>,
  steps: readonly StepDraft[],
  workflowId: string | null,
): Promise<void> {
  const ids = [...new Set(steps.flatMap(({ templateId }) => templateId ?? []))]
  const found = await db.emailTemplate.findMany({
    where: { id: { in: ids }, OR: [{ workflowId: null }, ...(workflowId ? [{ workflowId }] : [])] },
    select: { id: true },
  })
  const isLost = ({ templateId }: StepDraft) => templateId !== undefined && !found.some(({ id }) => id === templateId)
  const missing = steps.findIndex(isLost)
  if (missing < 0) return
  throw new DomainError(
    'not_found',
    `The template of step ${missing + 1} does not exist any more. Nothing was saved. Choose another template.`,
    { step: missing + 1, templateId: steps[missing]?.templateId },
  )
}

/** Turns the refused write of steps whose template was deleted meanwhile into the error of `requireTemplates`. */
export async function refuseLostTemplate(
  deps: Pick<Deps, 'db'>,
  steps: readonly StepDraft[],
  workflowId: string | null,
  error: unknown,
): Promise<never> {
  if (isForeignKeyError(error)) await requireTemplates(deps, steps, workflowId)
  throw error
}
