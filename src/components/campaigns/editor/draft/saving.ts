import type { DraftErrors, DraftPatch } from './draft-values'

/**
 * What is still to be saved. `waiting` was changed and not sent, `sending` is on its way; a field is in `invalid`
 * instead while its value could not be saved anyway.
 */
export type Saving = {
  waiting: DraftPatch
  sending: DraftPatch | null
  invalid: DraftErrors
  /** Own clock, milliseconds; null before the first save. */
  savedAt: number | null
  /** The same, of the last save that changed more than the name: what is planned and counted follows from it. */
  planSavedAt: number
  /** Why the last attempt failed; what it carried waits again. */
  failure: string | null
}

export const NOTHING_TO_SAVE: Saving = {
  waiting: {},
  sending: null,
  invalid: {},
  savedAt: null,
  planSavedAt: 0,
  failure: null,
}

type Step =
  | { kind: 'changed'; patch: DraftPatch; errors: DraftErrors }
  | { kind: 'sent' }
  | { kind: 'saved'; at: number }
  | { kind: 'failed'; message: string }

const without = <T extends object>(from: T, keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key))) as T

const changesPlan = (patch: object | null) => Object.keys(patch ?? {}).some((field) => field !== 'name')

const isEmpty = (patch: object) => Object.keys(patch).length === 0

/** One change of what is to be saved. A later change of a field replaces an earlier one; nothing is dropped. */
export function nextSaving(saving: Saving, step: Step): Saving {
  switch (step.kind) {
    case 'changed': {
      const fields = Object.keys(step.patch)
      const valid = without(step.patch, Object.keys(step.errors))
      return {
        ...saving,
        waiting: { ...without(saving.waiting, fields), ...valid },
        invalid: { ...without(saving.invalid, fields), ...step.errors },
      }
    }
    case 'sent':
      return { ...saving, sending: saving.waiting, waiting: {} }
    case 'saved':
      return {
        ...saving,
        sending: null,
        savedAt: step.at,
        planSavedAt: changesPlan(saving.sending) ? step.at : saving.planSavedAt,
        failure: null,
      }
    case 'failed':
      return { ...saving, sending: null, waiting: { ...saving.sending, ...saving.waiting }, failure: step.message }
  }
}

export const hasUnsaved = ({ waiting, sending, invalid }: Saving) =>
  sending !== null || !isEmpty(waiting) || !isEmpty(invalid)

/** Whether an answer that came at `at` (own clock) was planned and counted from what stands on the page. */
export const isCurrent = ({ waiting, sending, invalid, planSavedAt }: Saving, at: number) =>
  ![waiting, sending, invalid].some(changesPlan) && planSavedAt <= at

export const canSend = ({ waiting, sending }: Saving) => sending === null && !isEmpty(waiting)
