import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '@/clock'
import { isPaced } from '@/domain/delivery/pace'
import { ENOUGH_SHARE, GATHER_MS } from '@/lib/gather'
import type { DispatchedBatch } from './dispatch-batch'
import { type BatchInFlight, createInFlight, type InFlight } from './in-flight'
import type { RecordedGroup } from './record-results'

// While a batch is on the wire, the results of the one before are recorded. A worker that dies leaves at most as many
// emails in doubt: twice its connections.
const DOUBT_PER_CONNECTION = 2
// Emails that are prepared ahead, for each connection.
const AHEAD_PER_CONNECTION = 2
// What a job holds of emails that are prepared, and of those in flight before it claims more. Several jobs share a worker.
const BUFFER_BYTES = 8 * 1024 * 1024
// Batches in a row without progress before the job gives up until the next tick.
const MAX_BATCHES_WITHOUT_PROGRESS = 5
// A job gives its place back after this time; the next tick goes on where it ended. While an email that began before is on
// the wire still, it cannot end, and goes on: one slow server must not hold up the rest.
const TIME_BUDGET_MS = 45_000
// While nothing is due but answers are outstanding, something may come due.
const LOOK_AGAIN_MS = 5_000
// Not shorter than what the tick looks ahead (select-mailboxes-with-due-emails), or a gap below a minute would become one.
const MAX_PACE_SLEEP_MS = 40_000

type Pace = { maxConnections: number; minGapSeconds: number }
type Total = { sent: number; other: number; failure: unknown }

type LoopOptions = {
  signal?: AbortSignal | undefined
  /** When the job began, on the machine's clock. */
  startedAt?: Date
  /** Connections that may be used now; absent: as many as are set. */
  connections?: () => number
}

/** State of one send job: what it has sent, what is in flight, and whether another batch should begin. */
export function createSendLoop(
  clock: Clock,
  mailbox: Pace,
  { signal, startedAt = clock.realNow(), connections = () => mailbox.maxConnections }: LoopOptions = {},
) {
  const paced = isPaced(mailbox)
  const realNow = () => clock.realNow().getTime()
  const inFlight = createInFlight(realNow)
  const endBy = startedAt.getTime() + TIME_BUDGET_MS
  const total: Total = { sent: 0, other: 0, failure: undefined }
  let stopped = false
  let roundBegan = startedAt.getTime()

  const stop = () => {
    stopped = true
  }
  /** Ends the loop; results under way still count, and the job reports the first failure when they are in. */
  const fail = (error: unknown) => {
    total.failure ??= error
    stop()
  }

  const soonFree = () => (paced ? 0 : inFlight.endingSoon)
  const free = () => Math.min(connections(), connections() - inFlight.onTheWire + soonFree())
  const mostMore = () => Math.max(0, DOUBT_PER_CONNECTION * connections() - inFlight.unrecorded)
  const isOver = () => realNow() >= endBy && !inFlight.hasBegunBefore(endBy)

  return {
    total,
    stop,
    fail,
    ...createRounds(),

    /** True once the loop was stopped, the worker ends, or the time budget is used up. */
    shouldStop: (): boolean => stopped || signal?.aborted === true || isOver(),

    /** Emails that the buffer should keep prepared, and the bytes that it may hold and a batch take. */
    bufferSize: paced ? 1 : mailbox.maxConnections * AHEAD_PER_CONNECTION,
    bufferBytes: BUFFER_BYTES,

    /** Connections to be open: all that may be used; at a pace, one for the next email. */
    connections: (): number => (paced ? Math.min(connections(), inFlight.onTheWire + 1) : connections()),

    /** Emails that the next batch may take: one at a pace, else one for each connection that is free or about to be. */
    batchSize: (): number => (paced ? 1 : Math.min(free(), mostMore())),

    /** Those of its connections that are in use still and about to come free. */
    soonFree,

    /** Takes in a batch that was dispatched, and adds up its results as they are recorded. */
    track({ dispatched, markedAt }: DispatchedBatch, groups: AsyncIterable<RecordedGroup>): void {
      inFlight.noteClaim(markedAt - roundBegan)
      void addUp(groups, inFlight.add(dispatched, realNow()), { total, stop, fail })
    },

    allRecorded: (): boolean => allRecorded(inFlight),
    untilAllRecorded: () => inFlight.until(allRecorded),
    /** Waits until another look may find more: everything is recorded, or a while has passed. */
    untilNextLook: () => inFlight.until(allRecorded, LOOK_AGAIN_MS),

    /** Waits until another batch may be claimed. */
    async untilConnectionsFree(): Promise<void> {
      await untilFree(inFlight, { connections, free })
      roundBegan = realNow()
    },

    /** Sleeps until the next email may leave when that is soon; otherwise stops, and the next tick takes over. */
    async keepPace(nextAt: Date | null): Promise<void> {
      while (nextAt && !stopped) {
        const waitMs = (nextAt.getTime() - clock.now().getTime()) / clock.speed
        if (waitMs <= 0) return
        const isSoon = waitMs <= MAX_PACE_SLEEP_MS && realNow() + waitMs <= endBy
        if (isSoon) return sleep(waitMs, undefined, { signal }).catch(() => undefined)
        // It could not end before its answers are in anyway.
        if (inFlight.unrecorded === 0 || signal?.aborted) return stop()
        await inFlight.until(allRecorded, Math.min(waitMs, LOOK_AGAIN_MS))
      }
    },
  }
}

/** Rounds of the loop, and whether they lead to anything. */
function createRounds() {
  let withoutProgress = 0
  let idle = false
  return {
    /** Notes a round; without a batch, progress is that another look may find some emails. */
    noteRound({ batch, madeProgress }: { batch: DispatchedBatch | null; madeProgress: boolean }): void {
      withoutProgress = madeProgress ? 0 : withoutProgress + 1
      idle = withoutProgress > (batch ? MAX_BATCHES_WITHOUT_PROGRESS : 0)
    },

    /** True when nothing is due, or what is due may not leave now after all, as when another worker has its leads. */
    isIdle: (): boolean => idle,
  }
}

/**
 * Waits until enough connections are free for a batch, or about to be, or some for a while, few enough emails are in doubt, and
 * not too much is in memory.
 */
async function untilFree(
  inFlight: InFlight,
  { connections, free }: { connections: () => number; free: () => number },
): Promise<void> {
  const hasEnoughFree = () => free() >= Math.ceil(connections() * ENOUGH_SHARE)
  const mayClaim = () =>
    free() > 0 &&
    inFlight.unrecorded + free() <= DOUBT_PER_CONNECTION * connections() &&
    inFlight.unrecordedBytes < BUFFER_BYTES
  do {
    await inFlight.until(mayClaim)
    await inFlight.until(() => mayClaim() && hasEnoughFree(), GATHER_MS)
  } while (!mayClaim())
}

/** Adds up what is recorded of a batch, group by group. */
async function addUp(
  groups: AsyncIterable<RecordedGroup>,
  batch: BatchInFlight,
  { total, stop, fail }: { total: Total; stop: () => void; fail: (error: unknown) => void },
): Promise<void> {
  try {
    for await (const { sent, other, mustStop } of groups) {
      total.sent += sent
      total.other += other
      if (mustStop) stop()
      batch.recorded(sent + other)
    }
  } catch (error) {
    fail(error)
  }
  batch.over()
}

const allRecorded = ({ unrecorded }: InFlight) => unrecorded === 0

export type SendLoop = ReturnType<typeof createSendLoop>
