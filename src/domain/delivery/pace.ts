type Pace = { minGapSeconds: number; gapJitterSeconds: number }

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
