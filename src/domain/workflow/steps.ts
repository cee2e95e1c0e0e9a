import { DomainError } from '../errors'
import type { MessageTemplate } from '../message/render'

/** `daysAfterPrevious`: whole days; 0 for the first step, which goes out when the campaign starts. */
export type StepTiming = { daysAfterPrevious: number; replyInThread: boolean }

/** A text that belongs to one step. Its id is made by whoever writes it, so that saving it twice leaves one. */
export type OwnText = MessageTemplate & {
  id: string
  /** Text in the form of other programs' tags that is meant as it stands. */
  confirmedTexts?: readonly string[] | undefined
}

/** A step that sends one of the templates, or a text of its own. */
export type StepDraft = StepTiming & { templateId?: string | undefined; text?: OwnText | undefined }

export const STEP_LIMIT = 20
export const WAIT_LIMIT_DAYS = 365
/** The wait before a further step, until somebody chooses another. */
export const USUAL_WAIT_DAYS = 3

/** The template that a step sends: one of the list, or the row that holds its own text. */
export const templateIdOf = ({ templateId, text }: Pick<StepDraft, 'templateId' | 'text'>): string =>
  text?.id ?? templateId ?? ''

/**
 * Steps of a workflow in their order, checked. A lead never gets two emails within 24 hours, so later steps wait at
 * least a day. @throws {DomainError} invalid_input
 */
export function checkSteps<Step extends StepTiming>(steps: readonly Step[]): Step[] {
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

/**
 * The steps with a subject for each text of their own that replies in the thread. It answers under the subject of the first
 * email, which stands in for it where there is no thread to reply in: that email was not sent, or is gone.
 */
export const withThreadSubjects = (steps: readonly StepDraft[], firstSubject: string): StepDraft[] =>
  steps.map((step) =>
    step.text && step.replyInThread && !step.text.subject.trim()
      ? { ...step, text: { ...step.text, subject: firstSubject } }
      : step,
  )

/** The day each step goes out, counted from 0 at the start. */
export function daysFromStart(steps: readonly Pick<StepDraft, 'daysAfterPrevious'>[]): number[] {
  let day = 0
  return steps.map((step, index) => {
    day += index === 0 ? 0 : step.daysAfterPrevious
    return day
  })
}

const refuse = (problem: string) => new DomainError('invalid_input', `${problem} Nothing was saved.`)
