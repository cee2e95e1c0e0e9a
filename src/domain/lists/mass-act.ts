import { endReasonOf, type LeadStatus } from '../lead/status'
import { DAY_MS } from '../time/duration'

/** What can be done to all leads that match (`batch`, `leave`: they join or leave one); `undo` takes one of the others back. */
export const MASS_ACTS = ['status', 'batch', 'leave', 'suppress', 'delete'] as const
export type MassActKind = (typeof MASS_ACTS)[number] | 'undo'

/** `working` until each lead was looked at, a person has stopped it, or it cannot go on. An undo that has not come to its end can go on. */
export const MASS_ACT_STATES = ['working', 'done', 'stopped', 'failed'] as const
export type MassActState = (typeof MASS_ACT_STATES)[number]

/** Which leads: those that a list shows under these filters, or these alone. */
export type MassFilter = {
  search?: string | undefined
  statuses?: readonly LeadStatus[] | undefined
  batchId?: string | undefined
  source?: string | undefined
  addedFrom?: string | undefined
  addedTo?: string | undefined
  /** Only those that are in no (other) batch, were never emailed or planned for, and have not written. */
  unused?: boolean | undefined
  ids?: readonly string[] | undefined
}

/** The status, or the batch: which they join or, with `leaves`, leave. */
export type MassChoice = { status?: LeadStatus | undefined; batchId?: string | undefined; leaves?: boolean | undefined }

/**
 * Why a lead was left as it was: it was so already; an email or a reply to it was being sent; of a reply to it nobody knows whether
 * it left; it did not match any more; it was deleted meanwhile; or, when an act is taken back, it was changed, or has written, since.
 */
export type LeftOutReason = 'already' | 'sending' | 'held_reply' | 'no_match' | 'gone' | 'changed_since'
export type LeftOut = Partial<Record<LeftOutReason, number>>

/** Leads of one step: its locks are short, and a worker that dies has lost no more than one. */
export const LEADS_PER_STEP = 500

/** Acts of one person that may be at work at a time: each keeps whom it is about. */
export const OPEN_AT_ONCE = 20

/** Times that a step may fail in a row; then its act ends. */
export const FAILURES_AT_MOST = 5

/** Days for which an act can be taken back. */
export const UNDO_DAYS = 30

/** Whether an act may skip emails or take them away: then none begins while a step of it is made. */
export const touchesEmails = ({ kind, choice: { status } }: { kind: MassActKind; choice: MassChoice }): boolean => {
  if (kind === 'status') return status !== undefined && endReasonOf(status) !== null
  // A status of before may end sequences again.
  if (kind === 'undo') return status !== undefined
  return kind !== 'batch' && kind !== 'leave'
}

/** Sums what two steps have left out. */
export function addLeftOut(one: LeftOut, other: LeftOut): LeftOut {
  const sum = { ...one }
  for (const [reason, count] of Object.entries(other) as [LeftOutReason, number][])
    if (count > 0) sum[reason] = (sum[reason] ?? 0) + count
  return sum
}

type Done = {
  kind: MassActKind
  choice: MassChoice
  state: MassActState
  changed: number
  emailsSkipped: number
  endedAt: Date | null
}

/**
 * Whether an act can be taken back: statuses and batches, once it is over and for 30 days. Emails that were skipped are not planned
 * again and a suppression is lifted one by one with its reason, so an act with either stays; what was deleted is gone.
 */
export const isUndoable = (act: Done, now: Date): boolean => hasUndo(act) && !isTooOld(act.endedAt, now)

/** The same, whenever it was. */
export const hasUndo = ({ kind, choice, state, changed, emailsSkipped }: Done): boolean =>
  state !== 'working' &&
  changed > 0 &&
  emailsSkipped === 0 &&
  (kind === 'batch' || kind === 'leave' || (kind === 'status' && choice.status !== 'unsubscribed'))

/** An act that ended then is not taken back any more. */
export const isTooOld = (endedAt: Date | null, now: Date): boolean =>
  endedAt !== null && endedAt.getTime() + UNDO_DAYS * DAY_MS <= now.getTime()
