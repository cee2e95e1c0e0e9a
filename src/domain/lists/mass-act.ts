import { endReasonOf, type LeadStatus } from '../lead/status'

/** What can be done to all leads that match; `undo` takes one of the others back. */
export const MASS_ACTS = ['status', 'batch', 'suppress', 'delete'] as const
export type MassActKind = (typeof MASS_ACTS)[number] | 'undo'

/** `working` until each lead was looked at, a person has stopped it, or it cannot go on. */
export const MASS_ACT_STATES = ['working', 'done', 'stopped', 'failed'] as const
export type MassActState = (typeof MASS_ACT_STATES)[number]

/** Which leads: those that a list shows under these filters, or these alone. */
export type MassFilter = {
  search?: string | undefined
  statuses?: readonly LeadStatus[] | undefined
  batchId?: string | undefined
  ids?: readonly string[] | undefined
}

export type MassChoice = { status?: LeadStatus | undefined; batchId?: string | undefined }

/**
 * Why a lead was left as it was: it was so already; an email or a reply to it was being sent; of a reply to it nobody knows whether
 * it left; or, when an act is taken back, it was changed since.
 */
export type LeftOutReason = 'already' | 'sending' | 'held_reply' | 'changed_since'
export type LeftOut = Partial<Record<LeftOutReason, number>>

/** Leads of one step: its locks are short, and a worker that dies has lost no more than one. */
export const LEADS_PER_STEP = 500

/** Whether an act may skip emails or take them away: then none begins while a step of it is made. */
export const touchesEmails = ({ kind, choice: { status } }: { kind: MassActKind; choice: MassChoice }): boolean => {
  if (kind === 'status') return status !== undefined && endReasonOf(status) !== null
  // A status of before may end sequences again.
  if (kind === 'undo') return status !== undefined
  return kind !== 'batch'
}

/** Sums what two steps have left out. */
export function addLeftOut(one: LeftOut, other: LeftOut): LeftOut {
  const sum = { ...one }
  for (const [reason, count] of Object.entries(other) as [LeftOutReason, number][])
    if (count > 0) sum[reason] = (sum[reason] ?? 0) + count
  return sum
}

/**
 * Whether an act can be taken back: statuses and batches, once it is over. Emails that were skipped are not planned again and a
 * suppression is lifted one by one with its reason, so an act with either stays; what was deleted is gone.
 */
export const isUndoable = ({
  kind,
  choice,
  state,
  changed,
  emailsSkipped,
}: {
  kind: MassActKind
  choice: MassChoice
  state: MassActState
  changed: number
  emailsSkipped: number
}): boolean =>
  state !== 'working' &&
  changed > 0 &&
  emailsSkipped === 0 &&
  (kind === 'batch' || (kind === 'status' && choice.status !== 'unsubscribed'))
