import { isForeignKeyError } from '@/db/errors'
import { insertWorkflow, replaceSteps } from '@/db/queries/workflows/save-workflow'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { checkSteps, type StepDraft } from '@/domain/workflow/steps'

export type NewWorkflow = {
  name: string
  description?: string | null | undefined
  steps: readonly StepDraft[]
  by: string | null
}

/** Saves a new workflow with its steps. @throws {DomainError} invalid_input, not_found */
export async function createWorkflow(deps: Deps, input: NewWorkflow): Promise<{ id: string; updatedAt: Date }> {
  const steps = checkSteps(input.steps)
  await requireTemplates(deps, steps)
  const at = deps.clock.now()
  const description = input.description?.trim() || null
  const id = await transaction(deps.sql, async (tx) => {
    const workflow = await insertWorkflow(tx, { name: input.name, description, at })
    if (!workflow) throw new Error('The workflow was not inserted')
    await replaceSteps(tx, workflow.id, steps)
    return workflow.id
  }).catch((error) => refuseLostTemplate(deps, steps, error))
  deps.log.info({ workflow: id, steps: steps.length, by: input.by }, 'workflow created')
  return { id, updatedAt: at }
}

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
