import type { Verdict } from './outcome'
import { retryAt } from './retry'

/** Change that a verdict makes to one claimed email. */
export type EmailResult = {
  status: 'sent' | 'failed' | 'held' | 'pending'
  /** Reason why it failed, is held or goes back; the server's reply for an email that was sent. */
  reason: string | null
  /** When an email that goes back to `pending` is due again; null leaves its time. */
  dueAt: Date | null
  attemptUsed: boolean
  /** The server reports that the address does not exist: the lead becomes `invalid`, the address suppressed. */
  addressInvalid: boolean
}

/** `jitter` in [-1, 1] spreads emails that go back together. */
export type Attempt = { retryCount: number; maxAttempts: number; now: Date; jitter: number }

// Longer than a batch takes: one recipient whose server always refuses so must not head every batch.
const RETURN_AFTER_MS = 15 * 60_000

const KEPT = { dueAt: null, attemptUsed: false, addressInvalid: false }

/** Returns the state, reason and next time of an email after one attempt. Total: every verdict has exactly one result. */
export function resultOf(verdict: Verdict, { retryCount, maxAttempts, now, jitter }: Attempt): EmailResult {
  switch (verdict.kind) {
    case 'sent':
      return { ...KEPT, status: 'sent', reason: verdict.response }
    case 'held':
      return { ...KEPT, status: 'held', reason: verdict.reason }
    case 'failed':
      return {
        ...KEPT,
        status: 'failed',
        reason: verdict.reason,
        attemptUsed: true,
        addressInvalid: verdict.addressInvalid,
      }
    case 'retry': {
      const dueAt = retryAt(retryCount + 1, maxAttempts, now, jitter, verdict.isFull)
      return dueAt
        ? { ...KEPT, status: 'pending', reason: `retry: ${verdict.reason}`, dueAt, attemptUsed: true }
        : { ...KEPT, status: 'failed', reason: verdict.reason, attemptUsed: true }
    }
    case 'mailbox':
    case 'template':
      return { ...KEPT, status: 'pending', reason: verdict.reason, dueAt: new Date(now.getTime() + RETURN_AFTER_MS) }
    case 'not_begun':
      return { ...KEPT, status: 'pending', reason: null }
  }
}
