/** An answer to whoever wrote, or the message handed on to somebody else. */
export const REPLY_KINDS = ['answer', 'forward'] as const
export type ReplyKind = (typeof REPLY_KINDS)[number]

/** States of a reply: those of planned emails, without `skipped`. */
export const REPLY_STATUSES = ['pending', 'sending', 'held', 'sent', 'failed', 'cancelled'] as const
export type ReplyStatus = (typeof REPLY_STATUSES)[number]

/** Counts of the replies of a mailbox by state. `written` is always the sum of the rest. */
export type ReplyLedger = { written: number } & Record<ReplyStatus, number>

/** Adds up counts by state. */
export function replyLedgerOf(counts: Iterable<{ status: ReplyStatus; count: number }>): ReplyLedger {
  const ledger = { written: 0, pending: 0, sending: 0, held: 0, sent: 0, failed: 0, cancelled: 0 }
  for (const { status, count } of counts) {
    ledger[status] += count
    ledger.written += count
  }
  return ledger
}

/** Seconds of a person's own time in which a reply can be taken back. */
export const UNDO_SECONDS = 10

/** From when a reply that is written at `now` may leave. `speed`: seconds of campaign time in one of a person's. */
export const replyDueAt = (now: Date, speed: number): Date => new Date(now.getTime() + UNDO_SECONDS * 1000 * speed)

/** Seconds of a person's own time in which one that is due at `dueAt` can be taken back yet, 0 to `UNDO_SECONDS`. */
export const undoSecondsLeft = (dueAt: Date, now: Date, speed: number): number =>
  Math.min(UNDO_SECONDS, Math.max(0, Math.ceil((dueAt.getTime() - now.getTime()) / 1000 / speed)))

/** Why a reply waits or did not leave, where it is a rule of ours; anything else in its place is the server's words. */
export const AT_DAILY_LIMIT = 'daily_limit'
export const SUPPRESSED_SINCE = 'suppressed'

/** Of one reply, To and Cc together. */
export const MOST_RECIPIENTS = 20

/** Of answers to one message that a person may know of. */
export const MOST_KNOWN_ANSWERS = 200
