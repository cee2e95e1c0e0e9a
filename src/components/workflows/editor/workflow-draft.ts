/** A step in the editor; `key` is its identity on the screen, `templateId` is '' until one is chosen. */
export type DraftStep = { key: string; templateId: string; days: number; reply: boolean }
export type WorkflowDraft = { name: string; description: string; steps: DraftStep[] }

/** Steps in the form in which they are saved: the first neither waits nor replies, wherever it stood before. */
export const stepsToSave = (steps: readonly DraftStep[]) =>
  steps.map(({ templateId, days, reply }, index) => ({
    templateId,
    daysAfterPrevious: index === 0 ? 0 : days,
    replyInThread: index > 0 && reply,
  }))

/** A new step: one day after the one before, with the first template that is not used yet. */
export function newStep(steps: readonly DraftStep[], templates: readonly { id: string }[]): DraftStep {
  const unused = templates.find(({ id }) => !steps.some((step) => step.templateId === id))
  return { key: crypto.randomUUID(), templateId: unused?.id ?? '', days: 1, reply: false }
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
export const templateProblem = ({ templateId }: Pick<DraftStep, 'templateId'>) =>
  templateId ? null : 'Choose the template of this email.'

/** The reason why the draft cannot be saved, in words; null when nothing does. */
export function draftProblem({ name, steps }: WorkflowDraft): string | null {
  if (!name.trim()) return NO_NAME
  const without = steps.findIndex(({ templateId }) => !templateId)
  if (without >= 0) return `Choose a template for step ${without + 1}.`
  return null
}
