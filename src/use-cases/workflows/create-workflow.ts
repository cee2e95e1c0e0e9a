import { insertWorkflow } from '@/db/queries/workflows/save-workflow'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { checkSteps, type StepDraft } from '@/domain/workflow/steps'
import { requireWritten, withSubjects, writeSteps } from './own-texts'
import { refuseLostTemplate, requireTemplates } from './require-templates'

export type NewWorkflow = {
  name: string
  description?: string | null | undefined
  steps: readonly StepDraft[]
  by: string | null
}

/** Saves a new workflow with its steps. @throws {DomainError} invalid_input, not_found */
export async function createWorkflow(deps: Deps, input: NewWorkflow): Promise<{ id: string; updatedAt: Date }> {
  await requireTemplates(deps, checkSteps(input.steps), null)
  const steps = requireWritten(await withSubjects(deps, input.steps))
  const at = deps.clock.now()
  const description = input.description?.trim() || null
  const id = await transaction(deps.sql, async (tx) => {
    const workflow = await insertWorkflow(tx, { name: input.name, description, at })
    if (!workflow) throw new Error('The workflow was not inserted')
    await writeSteps(tx, { workflowId: workflow.id, steps, at })
    return workflow.id
  }).catch((error) => refuseLostTemplate(deps, steps, null, error))
  deps.log.info({ workflow: id, steps: steps.length, by: input.by }, 'workflow created')
  return { id, updatedAt: at }
}
