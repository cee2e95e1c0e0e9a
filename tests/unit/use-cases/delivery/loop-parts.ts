import type { SmtpOutcome } from '@/domain/delivery/outcome'
import type { DispatchedBatch, DispatchedEmail } from '@/use-cases/delivery/dispatch-batch'
import type { RecordedGroup } from '@/use-cases/delivery/record-results'
import { createSendLoop } from '@/use-cases/delivery/sending-loop'

export const start = new Date('2026-03-02T09:00:00Z').getTime()

export function loopOf({
  maxConnections = 10,
  minGapSeconds = 0,
  signal,
}: {
  maxConnections?: number
  minGapSeconds?: number
  signal?: AbortSignal
} = {}) {
  const time = { passedMs: 0 }
  const now = () => new Date(start + time.passedMs)
  const clock = { now, realNow: now, speed: 1, simulated: false, stop: () => undefined }
  return { loop: createSendLoop(clock, { maxConnections, minGapSeconds }, { signal }), time }
}

export const none: DispatchedBatch = {
  dispatched: [],
  days: { mailboxId: 'm', mailboxDay: '2026-03-02', campaignDays: [] },
  refusedAny: false,
  markedAt: start,
  madeProgress: false,
}
/** A batch of `size` emails whose SMTP transactions end on command. */
export function batchOf(size: number, bytes = 1) {
  const { promise, resolve } = Promise.withResolvers<SmtpOutcome>()
  const one = { outcome: promise, bytes } as DispatchedEmail
  return {
    batch: { ...none, dispatched: Array.from({ length: size }, () => one) },
    end: (outcome: SmtpOutcome = { kind: 'accepted', response: '250 OK' }) => resolve(outcome),
  }
}
/** Results of a batch that are recorded together. */
export async function* together(
  results: RecordedGroup | Promise<RecordedGroup> | undefined,
): AsyncGenerator<RecordedGroup> {
  if (results) yield await results
}
export const nothing = { sent: 0, other: 0, mustStop: false }
