// How much the latest measure counts.
const WEIGHT = 1 / 8
// Where a connection is busy for longer, the time of a claim is nothing beside it, and the send gate would be held for as long.
const LONGEST_BUSY_MS = 500
const LONGEST_CLAIM_MS = 50
// Claims differ: most take less than twice the mean.
const CLAIM_MARGIN = 2
const OVERDUE_SHARE = 2

/**
 * Says when to claim the next emails so that no connection waits for the database, from what was measured lately: how long a
 * connection is busy with an email after its batch has begun, and how long a claim takes.
 */
export type Turnaround = {
  noteBusy(ms: number): void
  noteClaim(ms: number): void
  /** When to claim for the connections of a batch that began at this instant; never while that is not known. In milliseconds. */
  claimAt(begunAt: number): number
  /**
   * At this instant, connections of a batch that began at that one are about to come free. One that is in use for twice as long as others
   * waits for something slow, and nobody knows for how long.
   */
  endsSoon(begunAt: number, now: number): boolean
}

export function createTurnaround(): Turnaround {
  let busyMs: number | null = null
  let claimMs = 0
  const isKnown = () => busyMs !== null && busyMs > 0 && busyMs <= LONGEST_BUSY_MS
  const claimAt = (begunAt: number) =>
    isKnown() ? begunAt + (busyMs ?? 0) - claimMs * CLAIM_MARGIN : Number.POSITIVE_INFINITY
  const towards = (mean: number | null, ms: number) => (mean === null ? ms : mean + (ms - mean) * WEIGHT)
  return {
    noteBusy: (ms) => {
      busyMs = towards(busyMs, ms)
    },
    noteClaim: (ms) => {
      claimMs = towards(claimMs, Math.min(ms, LONGEST_CLAIM_MS))
    },
    claimAt,
    endsSoon: (begunAt, now) => claimAt(begunAt) <= now && now <= begunAt + (busyMs ?? 0) * OVERDUE_SHARE,
  }
}
