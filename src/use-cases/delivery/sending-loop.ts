import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@/clock'
import { isPaced } from '@/domain/delivery/pace'
import type { DispatchedBatch } from './dispatch-batch'
import { createInFlight } from './in-flight'
import type { RecordedBatch } from './record-results'

// A batch takes all connections that are free, once so many of them are: larger batches cost the database less, and a few
// slow servers must not hold up the rest.
const FREE_SHARE = 0.9
// While a batch is on the wire, the results of the one before are recorded. A worker that dies leaves at most as many
// emails in doubt: twice its connections.
const DOUBT_PER_CONNECTION = 2
// Emails that are prepared ahead, for each connection.
const AHEAD_PER_CONNECTION = 2
// What a job holds of emails that are prepared, and of those in flight before it claims more. Several jobs share a worker.
const BUFFER_BYTES = 8 * 1024 * 1024
// Batches in a row without progress before the job gives up until the next tick.
const MAX_BATCHES_WITHOUT_PROGRESS = 5
// A job gives its place back after this time; the next tick goes on where it ended.
const TIME_BUDGET_MS = 45_000
// Not shorter than what the tick looks ahead (select-mailboxes-with-due-emails), or a gap below a minute would become one.
const MAX_PACE_SLEEP_MS = 40_000

type Pace = { maxConnections: number; minGapSeconds: number }

/**
 * State of one send job: what it has sent, what is in flight, and whether another batch should begin. `startedAt`: when the
 * job began, on the machine's clock.
 */
export function createSendLoop(clock: Clock, mailbox: Pace, signal?: AbortSignal, startedAt = clock.realNow()) {
  const connections = mailbox.maxConnections
  const enoughFree = Math.ceil(connections * FREE_SHARE)
  const paced = isPaced(mailbox)
  const inFlight = createInFlight()
  const endBy = startedAt.getTime() + TIME_BUDGET_MS
  const total = { sent: 0, other: 0, failure: undefined as unknown }
  let stopped = false
  let roundsWithoutProgress = 0
  let idle = false

  const stop = () => {
    stopped = true
  }
  /** Ends the loop; results under way still count, and the job reports the first failure when they are in. */
  const fail = (error: unknown) => {
    total.failure ??= error
    stop()
  }

  return {
    total,
    stop,
    fail,

    /** True once the loop was stopped, the worker ends, or the time budget is used up. */
    shouldStop: (): boolean => stopped || signal?.aborted === true || clock.realNow().getTime() >= endBy,

    /** Emails that the buffer should keep prepared. */
    bufferSize: paced ? 1 : connections * AHEAD_PER_CONNECTION,

    /** What the buffer may hold, and a batch take. */
    bufferBytes: BUFFER_BYTES,

    /** Emails that the next batch may take: one at a pace, else one for each free connection. */
    batchSize: (): number => (paced ? 1 : connections - inFlight.onTheWire),

    /** Takes in a batch that was dispatched, and adds up its results when they are recorded. */
    track({ dispatched }: DispatchedBatch, recording: Promise<RecordedBatch>): void {
      const recorded = recording.then(({ sent, other, mustStop }) => {
        total.sent += sent
        total.other += other
        if (mustStop) stop()
      }, fail)
      inFlight.add(
        dispatched.map(({ outcome }) => outcome),
        recorded,
        dispatched.reduce((sum, { bytes }) => sum + bytes, 0),
      )
    },

    allRecorded: (): boolean => inFlight.unrecorded === 0,
    untilAllRecorded: () => inFlight.until(({ unrecorded }) => unrecorded === 0),

    /** Waits until enough connections are free for a batch, few enough emails in doubt, and not too much in memory. */
    untilConnectionsFree: () =>
      inFlight.until(({ onTheWire, unrecorded, unrecordedBytes }) => {
        const free = connections - onTheWire
        const fewInDoubt = unrecorded + free <= DOUBT_PER_CONNECTION * connections
        return free >= enoughFree && fewInDoubt && !(unrecordedBytes >= BUFFER_BYTES)
      }),

    /** Notes a round of the loop; without a batch, progress is that another look may find some emails. */
    noteRound({ batch, madeProgress }: { batch: DispatchedBatch | null; madeProgress: boolean }): void {
      roundsWithoutProgress = madeProgress ? 0 : roundsWithoutProgress + 1
      idle = roundsWithoutProgress > (batch ? MAX_BATCHES_WITHOUT_PROGRESS : 0)
    },

    /** True when nothing is due, or what is due may not leave now after all, as when another worker has its leads. */
    isIdle: (): boolean => idle,

    /** Sleeps until the next email may leave when that is soon; otherwise stops, and the next tick takes over. */
    async keepPace(nextAt: Date | null): Promise<void> {
      if (!nextAt) return
      const waitMs = (nextAt.getTime() - clock.now().getTime()) / clock.speed
      if (waitMs <= 0) return
      if (waitMs > MAX_PACE_SLEEP_MS || clock.realNow().getTime() + waitMs > endBy) stop()
      else await sleep(waitMs, undefined, { signal }).catch(() => undefined)
    },
  }
}

export type SendLoop = ReturnType<typeof createSendLoop>
