import { selectWorkflowSave, updateWorkflowIf } from '@/db/queries/workflows/save-workflow'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { checkSteps } from '@/domain/workflow/steps'
import { refuseToBreak } from '@/use-cases/templates/refuse-to-break'
import type { NewWorkflow } from './create-workflow'
import { ownTextsOf, requireWritten, withSubjects, writeSteps } from './own-texts'
import { refuseLostTemplate, requireTemplates } from './require-templates'
import { reachOfChange, type WorkflowUser, workflowUse } from './workflow-use'

export type UpdateWorkflow = NewWorkflow & {
  id: string
  /** When the caller last saw it; a save by somebody else since then is not overwritten. */
  seenAt?: Date | undefined
  /** The caller knows that planned emails cannot be made any more from the texts of the steps, and wants it all the same. */
  confirmed?: boolean | undefined
}

/**
 * Replaces a workflow and all its steps at once. Emails already planned keep their template and their date; whether they
 * reply in the thread, and what a step's own text says, holds for all that have not begun to leave. `reach` holds a sentence on that when a campaign is under way.
 * @throws {DomainError} not_found, conflict, invalid_input, unconfirmed
 */
export async function updateWorkflow(
  deps: Deps,
  { id, by, seenAt, confirmed = false, ...input }: UpdateWorkflow,
): Promise<{ id: string; updatedAt: Date; inUseBy: WorkflowUser[]; reach: string | null }> {
  await requireTemplates(deps, checkSteps(input.steps), id)
  const steps = requireWritten(await withSubjects(deps, input.steps))
  if (!confirmed) await refuseToBreak(deps, ownTextsOf(steps))
  const updatedAt = deps.clock.now()
  const description = input.description?.trim() || null
  await withSendingBlocked(deps.sql, async (tx) => {
    const written = await updateWorkflowIf(tx, { id, name: input.name, description, seenAt, at: updatedAt })
    if (!written) throw await refusal(tx, id)
    await writeSteps(tx, { workflowId: id, steps, at: updatedAt })
  }).catch((error) => refuseLostTemplate(deps, steps, id, error))
  deps.log.info({ workflow: id, steps: steps.length, by }, 'workflow updated')
  const use = await workflowUse(deps, id)
  return { id, updatedAt, inUseBy: use.inUseBy, reach: reachOfChange(use) }
}

async function refusal(tx: Tx, id: string): Promise<DomainError> {
  const other = await selectWorkflowSave(tx, id)
  return other
    ? new DomainError(
        'conflict',
        'Somebody saved this workflow while you were editing. Nothing was saved. Reload to see their version.',
        { workflowId: id, updatedAt: other.updatedAt },
      )
    : new DomainError('not_found', 'This workflow does not exist any more. Nothing was saved.', { workflowId: id })
}
