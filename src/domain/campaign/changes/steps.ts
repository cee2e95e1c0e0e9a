import { DomainError } from '../../errors'
import { checkSteps, type StepTiming } from '../../workflow/steps'

/** A step as a campaign has it now; its place in the sequence is its number, from 1. */
export type PresentStep = StepTiming & { templateId: string }

/** A step of the sequence that is proposed. `was`: its number now; null for a new one. */
export type ProposedStep = PresentStep & { was: number | null }

/** A sequence that takes the place of another. */
export type StepsChange = {
  before: readonly PresentStep[]
  after: readonly ProposedStep[]
  /** Numbers of the steps before that are taken out. */
  removed: readonly number[]
}

/**
 * What of a campaign's sequence may change while it runs: templates, waits, and the thread of any step; steps that nobody has
 * got yet, or a part of them, may come and go behind the last one that somebody has. `reached`: the number of that one, 0 for none.
 * @throws {DomainError} invalid_input
 */
export function checkStepsChange(
  before: readonly PresentStep[],
  after: readonly ProposedStep[],
  reached: number,
): StepsChange {
  checkSteps(after)
  const kept = after.flatMap(({ was }) => (was === null ? [] : [was]))
  const isInOrder = kept.every((was, i) => was >= 1 && was <= before.length && was > (kept[i - 1] ?? 0))
  if (!isInOrder) throw refuse('The steps of a campaign that has started keep their order.')
  if (after[0]?.was !== 1) throw refuse('Step 1 stays the first: every lead begins with it.')
  const removed = before.map((_, i) => i + 1).filter((step) => !kept.includes(step))
  const [lost] = removed
  if (lost !== undefined && lost <= reached)
    throw refuse(`Step ${lost} cannot be taken out: leads have got it, or a later one.`)
  const firstNew = after.findIndex(({ was }) => was === null)
  const behind = after.slice(firstNew).find(({ was }) => was !== null && was <= reached)
  if (firstNew >= 0 && behind)
    throw refuse(`A step can be added only behind step ${reached}: leads have got that one already.`)
  return { before, after, removed }
}

/** Whether the proposed sequence is the one that is there. */
export const isSameSequence = (before: readonly PresentStep[], after: readonly ProposedStep[]): boolean =>
  before.length === after.length && after.every((step, i) => step.was === i + 1 && isSameStep(before[i], step))

/** Whether two steps say the same, after the same wait. */
export const isSameStep = (a: PresentStep | undefined, b: PresentStep): boolean =>
  a !== undefined &&
  a.templateId === b.templateId &&
  a.daysAfterPrevious === b.daysAfterPrevious &&
  a.replyInThread === b.replyInThread

const refuse = (problem: string) => new DomainError('invalid_input', `${problem} Nothing was changed.`)
