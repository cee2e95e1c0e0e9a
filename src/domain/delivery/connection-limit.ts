/** How a limit showed: a further connection was `refused`, or the server was `slow` to answer over all of them. */
export type ConnectionLimitCause = 'refused' | 'slow'

/** Connections that a mailbox's server was found to let it use. */
export type ConnectionLimit = { to: number; at: Date; cause: ConnectionLimitCause }

/** As a mailbox stores its limit. */
export type StoredLimit = {
  connectionLimit: number | null
  connectionLimitAt: Date | null
  connectionLimitCause: ConnectionLimitCause | null
}

// After that more are tried again.
const LASTS_MS = 3_600_000

/** The stored limit of a mailbox that is set to so many connections; null where it is over, or none. */
export function limitInForce(
  {
    maxConnections,
    connectionLimit: to,
    connectionLimitAt: at,
    connectionLimitCause: cause,
  }: StoredLimit & { maxConnections: number },
  now: Date,
): ConnectionLimit | null {
  if (to === null || at === null || cause === null || to >= maxConnections) return null
  // One of a clock that was ahead is none.
  const isInForce = at <= now && now.getTime() < at.getTime() + LASTS_MS
  return isInForce ? { to, at, cause } : null
}

/** As the columns of a mailbox. */
export const storedLimit = ({ to, at, cause }: ConnectionLimit): StoredLimit => ({
  connectionLimit: to,
  connectionLimitAt: at,
  connectionLimitCause: cause,
})

// Half of the time that a transaction has to hand its message over: a minute.
const SLOW_SHARE = 0.5

/** True when a server took so long to answer a message that fewer at once may do it good. */
export const isSlowAnswer = (tookMs: number, deadlineMs: number): boolean => tookMs >= deadlineMs * SLOW_SHARE

/** The limit once as many answers in a row were slow as connections are used; null while they are fewer, or one is used. */
export const slowedTo = (slowInARow: number, used: number): number | null =>
  used > 1 && slowInARow >= used ? Math.ceil(used / 2) : null
