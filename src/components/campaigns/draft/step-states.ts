import type { Step } from '@/components/ui/stepper'
import type { Check, Preflight } from '../api-types'
import type { DraftErrors, DraftValues } from './draft-values'
import { DRAFT_STEPS, type DraftStep } from './edit-address'

const STEP_OF: Record<Check['key'], DraftStep> = {
  sources: 'review',
  criteria: 'review',
  recurrence: 'review',
  leads: 'leads',
  batches: 'leads',
  sequence: 'sequence',
  variables: 'sequence',
  mailboxes: 'mailboxes',
  postal_address: 'review',
}

const FIELDS: Record<DraftStep, readonly (keyof DraftValues)[]> = {
  leads: ['name', 'batchIds'],
  sequence: ['workflowId', 'emailTemplateId', 'useWorkflow'],
  mailboxes: ['timezone', 'mailboxIds', 'dailyLimit'],
  review: [],
}

/** Whether nothing stands in the way. A batch in use now may be free by the time of a planned start. */
export const mayLaunch = ({ checks }: Preflight, scheduled: boolean) =>
  checks.every(({ level, key }) => level !== 'block' || (scheduled && key === 'batches'))

/**
 * How each step of a draft stands. What blocks a start is marked on its step, but not before the person has been there:
 * a new draft is empty, not wrong.
 */
export function stepStates(
  preflight: Preflight | undefined,
  errors: DraftErrors,
  seen: ReadonlySet<DraftStep>,
): Record<DraftStep, Step['state']> {
  const everything = seen.has('review')
  const stateOf = (step: DraftStep): Step['state'] => {
    if (FIELDS[step].some((field) => errors[field])) return 'error'
    if (!preflight) return 'todo'
    const blocked = preflight.checks.some((check) => check.level === 'block' && STEP_OF[check.key] === step)
    if (blocked) return everything || seen.has(step) ? 'error' : 'todo'
    if (step === 'review') return 'todo'
    return step === 'mailboxes' && !everything && !seen.has(step) ? 'todo' : 'done'
  }
  return Object.fromEntries(DRAFT_STEPS.map((step) => [step, stateOf(step)])) as Record<DraftStep, Step['state']>
}
