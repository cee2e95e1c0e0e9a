import type { Step } from '@/components/ui/stepper'
import { blockingChecks, type Check } from '@/domain/campaign/preflight'
import type { CampaignType } from '@/domain/campaign/state'
import type { DraftStep } from '@/routes'
import type { Preflight } from '../../api-types'
import { STEPS_OF } from './draft-steps'
import type { DraftErrors, DraftValues } from './draft-values'

const STEP_OF: Record<Check['subject'], DraftStep> = {
  leads: 'leads',
  batches: 'leads',
  sources: 'sources',
  criteria: 'sources',
  recurrence: 'amount',
  sequence: 'sequence',
  variables: 'sequence',
  mailboxes: 'mailboxes',
  pace: 'mailboxes',
  postal_address: 'review',
  public_address: 'review',
}

const FIELDS: Record<DraftStep, readonly (keyof DraftValues)[]> = {
  leads: ['name', 'batchIds'],
  sources: ['name', 'leadSources', 'leadCriteria'],
  amount: ['maxResultsPerRun', 'isRecurring', 'recurringInterval', 'endDate', 'outreachDelayDays', 'timezone'],
  sequence: ['workflowId', 'emailTemplateId', 'useWorkflow', 'ownSteps'],
  mailboxes: ['timezone', 'mailboxIds', 'dailyLimit'],
  review: [],
}

// What is set in them is good from the start, so that they count as done only once somebody was there.
const PRESET: ReadonlySet<DraftStep> = new Set(['amount', 'mailboxes'])

/** Whether nothing stands in the way. A batch in use now may be free by the time of a planned start. */
export const mayLaunch = ({ checks }: Preflight, scheduled: boolean) =>
  blockingChecks(checks, { scheduled }).length === 0

/**
 * How each step of a draft stands. What blocks a start is marked on its step, but not before the person has been there:
 * a new draft is empty, not wrong.
 */
export function stepStates(
  type: CampaignType,
  preflight: Preflight | undefined,
  errors: DraftErrors,
  seen: ReadonlySet<DraftStep>,
): ReadonlyMap<DraftStep, Step['state']> {
  const everything = seen.has('review')
  const stateOf = (step: DraftStep): Step['state'] => {
    if (FIELDS[step].some((field) => errors[field])) return 'error'
    if (!preflight) return 'todo'
    const blocked = blockingChecks(preflight.checks).some(({ subject }) => STEP_OF[subject] === step)
    if (blocked) return everything || seen.has(step) ? 'error' : 'todo'
    if (step === 'review') return 'todo'
    return PRESET.has(step) && !everything && !seen.has(step) ? 'todo' : 'done'
  }
  return new Map(STEPS_OF[type].map((step) => [step, stateOf(step)]))
}
