/** The least gap between two emails of a mailbox, and what chance adds to it at most. */
export type Pace = { minGapSeconds: number; gapJitterSeconds: number }

/** True when the mailbox keeps a gap between two emails, and so sends them one by one. */
export const isPaced = ({ minGapSeconds }: Pick<Pace, 'minGapSeconds'>): boolean => minGapSeconds > 0

/**
 * Returns when the mailbox may send its next email: after the minimum gap plus a part (`random` in [0, 1)) of
 * `gapJitterSeconds`. Null without a gap.
 */
export function nextSendAt(pace: Pace, now: Date, random: number): Date | null {
  if (!isPaced(pace)) return null
  return new Date(now.getTime() + (pace.minGapSeconds + random * pace.gapJitterSeconds) * 1000)
}

/** The latest time at which a mailbox with this pace sends its next email, if the last one left at `now`. Null without a gap. */
export const latestNextSendAt = (pace: Pace, now: Date): Date | null => nextSendAt(pace, now, 1)

/** Milliseconds of a window that an email takes on the average: the gap and half of its jitter; 0 without a gap. */
export const meanGapMs = (pace: Pace): number =>
  isPaced(pace) ? (pace.minGapSeconds + pace.gapJitterSeconds / 2) * 1000 : 0
