/**
 * How long after an email may have left its copy is missed, in milliseconds, at a provider that is known to put one into Sent within
 * minutes. Anywhere else a missing copy proves nothing.
 */
export const MISSED_AFTER_MS = 3_600_000
