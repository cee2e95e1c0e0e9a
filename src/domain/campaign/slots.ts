import { type DailyLimit, limitOn } from '../delivery/ramp'
import { localDate } from '../time/local-time'
import type { SendingWindow } from '../time/window'
import { closesAt, nextDayOpening, nextOpening } from '../time/window'

/** The part of a day that is left for emails that are due at `from`: milliseconds, the end exclusive. */
export type Span = { from: number; until: number }

export type Slots = {
  /**
   * The first offset, at least `offset`, at which a lead's emails fit into all spans, each so much after its span's
   * begin; null when none does. Without an offset one fits in what is too short for a gap: nothing has to follow it.
   */
  firstFree(spans: readonly Span[], offset: number): number | null
  /** Books the lead's emails. */
  take(spans: readonly Span[], offset: number): void
}

/** When a mailbox sends, one email each `gapMs`, after those that leave at `booked`. */
export function createSlots(gapMs: number, booked: readonly Date[]): Slots {
  // Two that keep the gap never share a bucket, and those that are too near to a time lie in its own or beside it.
  const buckets = new Map<number, number[]>()
  const book = (at: number) => {
    const bucket = Math.floor(at / gapMs)
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), at])
  }
  /** The latest booking that is too near; null when there is none. */
  const nearest = (at: number): number | null => {
    const bucket = Math.floor(at / gapMs)
    const near = [bucket - 1, bucket, bucket + 1]
      .flatMap((key) => buckets.get(key) ?? [])
      .filter((other) => Math.abs(other - at) < gapMs)
    return near.length > 0 ? Math.max(...near) : null
  }
  for (const at of booked) book(at.getTime())
  return {
    firstFree(spans, least) {
      let offset = least
      for (let moved = true; moved; ) {
        moved = false
        for (const { from, until } of spans) {
          const at = from + offset
          if (at >= until || (offset > 0 && at + gapMs > until)) return null
          const other = nearest(at)
          if (other === null) continue
          offset = other + gapMs - from
          moved = true
          break
        }
      }
      return offset
    },
    take(spans, offset) {
      for (const { from } of spans) book(from + offset)
    },
  }
}

/** What a mailbox sends by: its window, its gap with half the jitter, and its daily limit (null: none). */
export type Outflow = { window: SendingWindow; gapMs: number; dailyLimit: DailyLimit }

/**
 * When emails leave that are due at these times, in order: each after the gap, within the window and under the limit.
 * `sent`: emails that count against the limit by local day already. `from`: nothing leaves before.
 */
export function leaveTimes(
  due: readonly Date[],
  { window, gapMs, dailyLimit }: Outflow,
  { from, sent }: { from: Date | null; sent: ReadonlyMap<string, number> },
): Date[] {
  let next = from?.getTime() ?? 0
  let open: Span & { day: string; used: number } = { from: 0, until: 0, day: '', used: 0 }
  const enter = (at: number): number => {
    if (at >= open.from && at < open.until) return at
    const opening = nextOpening(window, new Date(at))
    const day = localDate(opening, window.timezone)
    const used = day === open.day ? open.used : (sent.get(day) ?? 0)
    open = { from: opening.getTime(), until: closesAt(window, opening).getTime(), day, used }
    return open.from
  }
  return due.map((at) => {
    let leaves = enter(Math.max(at.getTime(), next))
    while (open.used >= (limitOn(dailyLimit, open.day) ?? Number.POSITIVE_INFINITY)) {
      leaves = enter(nextDayOpening(window, new Date(leaves)).getTime())
    }
    open.used++
    next = leaves + gapMs
    return new Date(leaves)
  })
}
