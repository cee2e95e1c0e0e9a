import { keepOwnSequence } from '@/db/queries/workflows/save-workflow'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { checkSteps, type StepDraft } from '@/domain/workflow/steps'
import { withSubjects, writeSteps } from './own-texts'
import { requireTemplates } from './require-templates'

/**
 * The steps of a campaign's own sequence as they are stored, checked but for their texts: a draft keeps what is half written,
 * and its pre-flight says so. `workflowId`: the sequence that it has; null where it has none yet.
 * @throws {DomainError} invalid_input, not_found
 */
export async function prepareOwnSequence(
  deps: Pick<Deps, 'db'>,
  { steps, workflowId }: { steps: readonly StepDraft[]; workflowId: string | null },
): Promise<StepDraft[]> {
  await requireTemplates(deps, checkSteps(steps), workflowId)
  return withSubjects(deps, steps)
}

/**
 * Writes the sequence that a campaign has for itself and answers its id. The caller holds the campaign, which is a draft.
 * @throws {DomainError} conflict
 */
export async function saveOwnSequence(
  tx: Tx,
  { campaignId, steps, at }: { campaignId: string; steps: readonly StepDraft[]; at: Date },
): Promise<string> {
  const workflow = await keepOwnSequence(tx, { campaignId, at })
  if (!workflow) throw new Error('The sequence was not kept')
  await writeSteps(tx, { workflowId: workflow.id, steps, at })
  return workflow.id
}
