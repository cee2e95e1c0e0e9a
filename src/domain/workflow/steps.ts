import { DomainError } from '../errors'

/** `daysAfterPrevious`: whole days; 0 for the first step, which goes out when the campaign starts. */
export type StepDraft = { templateId: string; daysAfterPrevious: number; replyInThread: boolean }

export const STEP_LIMIT = 20
export const WAIT_LIMIT_DAYS = 365

/**
 * Steps of a workflow in their order, checked. A lead never gets two emails within 24 hours, so later steps wait at
 * least a day. @throws {DomainError} invalid_input
 */
export function checkSteps(steps: readonly StepDraft[]): StepDraft[] {
  if (steps.length === 0) throw refuse('A workflow needs at least one step.')
  if (steps.length > STEP_LIMIT)
    throw refuse(`A workflow has at most ${STEP_LIMIT} steps; this one has ${steps.length}.`)
  steps.forEach(({ daysAfterPrevious: days, replyInThread }, index) => {
    const step = index + 1
    if (step === 1 && days !== 0) throw refuse('Step 1 goes out when the campaign starts, so it cannot wait.')
    if (step === 1 && replyInThread) throw refuse('Step 1 begins the conversation, so it has nothing to reply to.')
    if (step > 1 && days < 1) {
      throw refuse(`Step ${step} must wait at least 1 day: a lead never gets two emails within 24 hours.`)
    }
    if (days > WAIT_LIMIT_DAYS) throw refuse(`Step ${step} waits ${days} days; ${WAIT_LIMIT_DAYS} is the most.`)
  })
  return steps.map((step) => ({ ...step }))
}

/** The day each step goes out, counted from 0 at the start. */
export function daysFromStart(steps: readonly Pick<StepDraft, 'daysAfterPrevious'>[]): number[] {
  let day = 0
  return steps.map((step, index) => {
    day += index === 0 ? 0 : step.daysAfterPrevious
    return day
  })
}

const refuse = (problem: string) => new DomainError('invalid_input', `${problem} Nothing was saved.`)
