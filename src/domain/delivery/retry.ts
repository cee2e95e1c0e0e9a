import { DAY_MS } from '../time/duration'

// 1 h, then doubling, +-10 %.
const FIRST_DELAY_MS = 3_600_000
const JITTER = 0.1

// A full mailbox is emptied within days, if ever: its attempts are spread evenly over about three.
const FULL_MAILBOX_MS = 3 * DAY_MS

/**
 * When the email may be tried again after its `attempt`th attempt failed (1 = the first), or null when `maxAttempts`
 * are used up. `jitter` in [-1, 1] spreads emails that failed together. `isFull`: the recipient's mailbox is full.
 */
export function retryAt(attempt: number, maxAttempts: number, now: Date, jitter: number, isFull = false): Date | null {
  if (attempt >= maxAttempts) return null
  const delay = isFull ? FULL_MAILBOX_MS / (maxAttempts - 1) : FIRST_DELAY_MS * 2 ** (attempt - 1)
  return new Date(now.getTime() + Math.round(delay * (1 + JITTER * Math.max(-1, Math.min(1, jitter)))))
}

// A mailbox that failed is tried again after 1, 2, 4 ... minutes, at most hourly: under 40 connects in a day of outage.
const COOL_DOWN_MS = 60_000
const COOL_DOWN_MAX_MS = 3_600_000

/** When a mailbox that has failed `failures` times in a row (1 = the first) may be tried again. */
export const coolDownUntil = (failures: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(COOL_DOWN_MAX_MS, COOL_DOWN_MS * 2 ** Math.min(20, failures - 1)))
