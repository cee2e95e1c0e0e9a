import { deleteUnsentTexts, replaceSteps, writeOwnTexts } from '@/db/queries/workflows/save-workflow'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { type OwnText, type StepDraft, withThreadSubjects } from '@/domain/workflow/steps'
import { checkContent, confirmedIn } from '@/use-cases/templates/check-content'

/** The texts that these steps have for themselves, in their order. */
export const ownTextsOf = (steps: readonly StepDraft[]): OwnText[] => steps.flatMap(({ text }) => text ?? [])

/** The steps with the subject of the first email where a text of their own replies in its thread. */
export async function withSubjects({ db }: Pick<Deps, 'db'>, steps: readonly StepDraft[]): Promise<StepDraft[]> {
  const [first] = steps
  if (!first || ownTextsOf(steps).length === 0) return [...steps]
  if (first.text) return withThreadSubjects(steps, first.text.subject)
  const template = first.templateId && (await db.emailTemplate.findUnique({ where: { id: first.templateId } }))
  return withThreadSubjects(steps, template ? template.subject : '')
}

/** The steps with their texts as they are stored. @throws {DomainError} invalid_input where one cannot be used, naming the step */
export function requireWritten(steps: readonly StepDraft[]): StepDraft[] {
  const ids = steps.map(({ text }) => text?.id.toLowerCase())
  return steps.map((step, index) => {
    if (!step.text) return step
    const same = ids.indexOf(ids[index])
    if (same < index) {
      const problem = `Step ${index + 1} has the text of step ${same + 1}, and each has one of its own. Nothing was saved.`
      throw new DomainError('invalid_input', problem, { step: index + 1 })
    }
    try {
      return { ...step, text: { ...step.text, ...checkContent(step.text) } }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      throw new DomainError('invalid_input', `Step ${index + 1}: ${error.message} Nothing was saved.`, {
        step: index + 1,
      })
    }
  })
}

/** Puts these steps in the place of the workflow's, with the texts that they have for themselves. @throws {DomainError} conflict */
export async function writeSteps(
  tx: Tx,
  { workflowId, steps, at }: { workflowId: string; steps: readonly StepDraft[]; at: Date },
): Promise<void> {
  const texts = ownTextsOf(steps).map((text) => ({
    ...text,
    bodyHtml: text.bodyHtml?.trim() ? text.bodyHtml : null,
    confirmedTexts: confirmedIn(text, text.confirmedTexts ?? []),
  }))
  if ((await writeOwnTexts(tx, { workflowId, texts, at })) < new Set(texts.map(({ id }) => id)).size) {
    throw new DomainError(
      'conflict',
      'The text of a step was saved as a template meanwhile. Nothing was saved. Reload to see it.',
      { workflowId },
    )
  }
  await replaceSteps(tx, workflowId, steps)
  await deleteUnsentTexts(tx, workflowId)
}
