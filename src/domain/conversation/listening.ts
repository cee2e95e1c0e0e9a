import { DAY_MS } from '../time/duration'

/** A mailbox that a worker may listen to. */
export type ListeningCandidate = {
  mailboxId: string
  /** Emails that it sent lately: so many answers may come. */
  emails: number
  /** Nobody listens to it. */
  isFree: boolean
}

/** Outreach is live while a campaign runs, and for so long after its last email. */
export const LIVE_FOR_MS = 14 * DAY_MS

// One that is a little busier than another does not take its place: each change costs a sign-in.
const KEEPS = 1.25

/** The busiest mailboxes, up to `limit`, of those that this worker listens to (`own`) or nobody does. */
export function chooseListened(
  candidates: readonly ListeningCandidate[],
  { own, limit }: { own: ReadonlySet<string>; limit: number },
): Set<string> {
  const weight = ({ mailboxId, emails }: ListeningCandidate) => (own.has(mailboxId) ? emails * KEEPS + 1 : emails)
  const open = candidates.filter(({ mailboxId, isFree }) => isFree || own.has(mailboxId))
  const chosen = open.toSorted((a, b) => weight(b) - weight(a)).slice(0, limit)
  return new Set(chosen.map(({ mailboxId }) => mailboxId))
}

const SOONEST_REARM_MS = 5 * 60_000
const LATEST_REARM_MS = 9 * 60_000

/** When a server is asked anew to report messages: in five to nine minutes, before it or a router in between forgets. `chance` in [0, 1). */
export const rearmMs = (chance: number): number =>
  SOONEST_REARM_MS + Math.round(chance * (LATEST_REARM_MS - SOONEST_REARM_MS))

const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 30 * 60_000

/** How long nobody listens after `failures` in a row: a minute, doubling, half an hour at most. Polls go on meanwhile. */
export const listenAgainMs = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 30))
