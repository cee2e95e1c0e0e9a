import { isForeignKeyError } from '@/db/errors'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import type { StepDraft } from '@/domain/workflow/steps'

/** Refuses steps whose template is gone, naming the step. @throws {DomainError} not_found */
export async function requireTemplates({ db }: Deps, steps: readonly StepDraft[]): Promise<void> {
  const ids = [...new Set(steps.map(({ templateId }) => templateId))]
  const found = await db.emailTemplate.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const missing = steps.findIndex(({ templateId }) => !found.some(({ id }) => id === templateId))
  if (missing < 0) return
  throw new DomainError(
    'not_found',
    `The template of step ${missing + 1} does not exist any more. Nothing was saved. Choose another template.`,
    { step: missing + 1, templateId: steps[missing]?.templateId },
  )
}

/** Turns the refused write of steps whose template was deleted meanwhile into the error of `requireTemplates`. */
export async function refuseLostTemplate(deps: Deps, steps: readonly StepDraft[], error: unknown): Promise<never> {
  if (isForeignKeyError(error)) await requireTemplates(deps, steps)
  throw error
}
