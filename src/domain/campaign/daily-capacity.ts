import { meanGapMs, type Pace } from '../delivery/pace'

/** What decides how many emails a mailbox sends on a day. */
export type Paced = Pace & { dailyLimit: number | null; windowStartMinute: number; windowEndMinute: number }

export type MailboxCapacity = {
  /** Emails a day; null without a limit and a gap. */
  perDay: number | null
  /** What comes first, the limit or the gap. */
  setBy: 'limit' | 'gap' | null
  /** Emails that fit into the window with the gap; null without one. */
  fitting: number | null
}

/**
 * How many emails a mailbox sends on a day of 24 hours on which its window opens: the smaller of its limit and of what
 * its window holds with its gap. One always fits: nothing has to follow it.
 */
export function capacityOf({ dailyLimit, windowStartMinute, windowEndMinute, ...pace }: Paced): MailboxCapacity {
  const gapMs = meanGapMs(pace)
  const windowMs = (windowEndMinute - windowStartMinute) * 60_000
  const fitting = gapMs === 0 ? null : Math.max(1, Math.floor(windowMs / gapMs))
  if (fitting !== null && (dailyLimit === null || fitting < dailyLimit))
    return { perDay: fitting, setBy: 'gap', fitting }
  return { perDay: dailyLimit, setBy: dailyLimit === null ? null : 'limit', fitting }
}
