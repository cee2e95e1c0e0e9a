import type { MailboxHealth } from '../delivery/decide'

const SOONEST_MS = 2 * 60_000
const LATEST_MS = 5 * 60_000

/** When a mailbox that was read is read again: in two to five minutes. `chance` in [0, 1) spreads mailboxes. Real time. */
export const nextReadAt = (realNow: Date, chance: number): Date =>
  new Date(realNow.getTime() + SOONEST_MS + Math.round(chance * (LATEST_MS - SOONEST_MS)))

const FIRST_WAIT_MS = 2_000
const GROWTH = 1.5
const LONGEST_WAIT_MS = 5 * 60_000

export type ReaderTrouble = {
  health: MailboxHealth
  healthReason: string
  troubleCount: number
  nextReadAt: Date | null
  readAt: null
}

/**
 * What follows from a failure to read: a refused sign-in stops reading until the settings change, since a wrong password that
 * is tried again locks accounts; after anything else it is tried again, later each time, after five minutes at most.
 */
export function troubleAfter(
  kind: 'sign_in' | 'passing',
  words: string,
  { troubleCount, realNow }: { troubleCount: number; realNow: Date },
): ReaderTrouble {
  const failures = troubleCount + 1
  if (kind === 'sign_in') {
    return { health: 'stopped', healthReason: words, troubleCount: failures, nextReadAt: null, readAt: null }
  }
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * GROWTH ** Math.min(troubleCount, 30))
  const at = new Date(realNow.getTime() + Math.round(wait))
  return { health: 'cooling_down', healthReason: words, troubleCount: failures, nextReadAt: at, readAt: null }
}

// Trouble of a server passes sooner; a damaged message stays damaged.
const REFUSED_FOR_MS = 60 * 60_000

/**
 * Whether messages are damaged that a server refuses one by one, with no other to show that it gives any: after an hour. Until then it
 * may be the server that is in trouble, and none of them is given up.
 */
export const areDamaged = (refusedSince: Date | null, realNow: Date): boolean =>
  refusedSince !== null && realNow.getTime() - refusedSince.getTime() >= REFUSED_FOR_MS
