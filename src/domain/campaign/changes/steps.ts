import { DomainError } from '../../errors'
import { checkSteps, type StepTiming } from '../../workflow/steps'
import type { EmailStatus } from '../progress'

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

/**
 * The numbers in a proposal are those of the sequence that was seen: it is laid onto no other one, however alike.
 * @throws {DomainError} invalid_input where it does not say which was seen; conflict with `details.stale` where that is another
 */
export function checkBase(present: readonly PresentStep[], base: readonly PresentStep[] | undefined): void {
  if (!base) throw refuse('The proposal does not say of which sequence it is.')
  if (base.length === present.length && base.every((step, i) => isSameStep(present[i], step))) return
  const words = 'Somebody changed the sequence of this campaign meanwhile: open it again. Nothing was changed.'
  throw new DomainError('conflict', words, { stale: true })
}

/**
 * Numbers of steps whose workflow has another template by now than their emails are planned with, and which keep that: with the
 * change their emails get it, though nobody asks for that here.
 */
export function editedSteps(
  emails: readonly { step: number; status: EmailStatus; templateId: string }[],
  { before, after }: Pick<StepsChange, 'before' | 'after'>,
): number[] {
  const kept = new Map(
    after.flatMap(({ was, templateId }) =>
      was !== null && before[was - 1]?.templateId === templateId ? [[was, templateId] as const] : [],
    ),
  )
  const edited = emails.filter(
    ({ step, status, templateId }) => status === 'pending' && (kept.get(step) ?? templateId) !== templateId,
  )
  return [...new Set(edited.map(({ step }) => step))].sort((a, b) => a - b)
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
