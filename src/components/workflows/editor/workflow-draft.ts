import { contentOf, NO_TEXT, type TextDraft, textOf } from '@/components/templates/editor/template-draft'
import { USUAL_WAIT_DAYS } from '@/domain/workflow/steps'

/** A text that belongs to one step. */
export type StepText = TextDraft & { id: string }

/**
 * A step in the editor; `key` is its identity on the screen. It sends its own text, or one of the templates, '' until one is
 * chosen; what was written or chosen before the other is kept.
 */
export type DraftStep = {
  key: string
  own?: boolean
  text?: StepText | null
  templateId: string
  days: number
  reply: boolean
}
export type WorkflowDraft = { name: string; description: string; steps: DraftStep[] }

/** A step as the API gives it. */
type StoredStep = {
  templateId: string
  text: (Omit<TextDraft, 'bodyHtml'> & { id: string; bodyHtml: string | null }) | null
  daysAfterPrevious: number
  replyInThread: boolean
}

/** Stored steps in the form in which they are edited. */
export const draftSteps = (steps: readonly StoredStep[]): DraftStep[] =>
  steps.map(({ templateId, text, daysAfterPrevious, replyInThread }, index) => ({
    key: text?.id ?? `saved-${index + 1}`,
    own: text !== null,
    text: text && { ...text, bodyHtml: text.bodyHtml ?? '' },
    templateId: text ? '' : templateId,
    days: index === 0 ? 1 : daysAfterPrevious,
    reply: replyInThread,
  }))

/** The text that a step sends, where it is its own. */
export const ownTextOf = ({ own, text }: DraftStep): StepText | null => (own && text ? text : null)

/** Steps in the form in which they are saved: the first neither waits nor replies, wherever it stood before. */
export const stepsToSave = (steps: readonly DraftStep[]) =>
  steps.map((step, index) => {
    const text = ownTextOf(step)
    const replyInThread = index > 0 && step.reply
    // The thread has a subject already.
    const written = text && { id: text.id, ...textOf(text), ...(replyInThread ? { subject: '' } : {}) }
    const timing = { daysAfterPrevious: index === 0 ? 0 : step.days, replyInThread }
    return written ? { text: written, ...timing } : { templateId: step.templateId, ...timing }
  })

/** A text of its own that nobody has written yet, or a copy of another. */
export const newText = ({ subject, bodyText, bodyHtml, confirmedTexts }: TextDraft = NO_TEXT): StepText => ({
  id: crypto.randomUUID(),
  subject,
  bodyText,
  bodyHtml,
  confirmedTexts,
})

/** A new step with a text of its own; a further one answers in the thread some days after the one before. */
export function newStep(steps: readonly DraftStep[]): DraftStep {
  const text = newText()
  return { key: text.id, own: true, text, templateId: '', days: USUAL_WAIT_DAYS, reply: steps.length > 0 }
}

/** The same step once more, a day after the first, with a text of its own where that has one. */
export function copyOf(step: DraftStep): DraftStep {
  const text = step.text ? newText(step.text) : null
  return { ...step, key: text?.id ?? crypto.randomUUID(), text, days: 1 }
}

export const insertAt = (steps: readonly DraftStep[], index: number, step: DraftStep) => steps.toSpliced(index, 0, step)
export const removeAt = (steps: readonly DraftStep[], index: number) => steps.toSpliced(index, 1)
export const changeAt = (steps: readonly DraftStep[], index: number, patch: Partial<DraftStep>) =>
  steps.map((step, at) => (at === index ? { ...step, ...patch } : step))

/** Moves an email; the waits stay where they are, between the first and second email, the second and third. */
export function moveStep(steps: readonly DraftStep[], from: number, to: number): DraftStep[] {
  const moved = steps[from]
  if (!moved || to < 0 || to >= steps.length) return [...steps]
  const waits = steps.map(({ days }) => days)
  return insertAt(removeAt(steps, from), to, moved).map((step, index) => ({ ...step, days: waits[index] ?? 1 }))
}

export const NO_NAME = 'Give the workflow a name.'

/** What a step's template field says once it was to be saved: null while one is chosen. */
export const templateProblem = (step: DraftStep) =>
  ownTextOf(step) || step.templateId ? null : 'Choose the template of this email.'

/** The part that the own text of a step lacks; null where it sends a template, or lacks none. */
export function unwrittenPart(step: DraftStep, index: number): 'subject' | 'text' | null {
  const text = ownTextOf(step)
  if (!text) return null
  const { subject, bodyText } = contentOf(text)
  if (!subject.trim() && !(index > 0 && step.reply)) return 'subject'
  return bodyText.trim() ? null : 'text'
}

/** The reason why the draft cannot be saved, in words; null when nothing does. */
export function draftProblem({ name, steps }: WorkflowDraft): string | null {
  if (!name.trim()) return NO_NAME
  for (const [index, step] of steps.entries()) {
    if (templateProblem(step)) return `Choose a template for step ${index + 1}.`
    const part = unwrittenPart(step, index)
    if (part) return `Write the ${part} of step ${index + 1}.`
  }
  return null
}

/** The subject of the thread that later steps reply in, as it is written. */
export const threadSubject = (
  [first]: readonly DraftStep[],
  templates: readonly { id: string; subject: string }[],
): string => {
  if (!first) return ''
  return ownTextOf(first)?.subject ?? templates.find(({ id }) => id === first.templateId)?.subject ?? ''
}
