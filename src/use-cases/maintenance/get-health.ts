import { isAway, isDiskFull } from '@/db/errors'
import { isReadOnlyNow, writeToDisk } from '@/db/queries/maintenance/check-writable'
import { countJobs } from '@/db/queries/maintenance/count-queued-jobs'
import type { Deps } from '@/deps'
import type { MailboxHealth } from '@/domain/delivery/decide'
import { isTested } from '@/domain/delivery/mailbox-health'
import { clockWords } from '@/domain/time/clock-samples'
import { shareAnswer } from '@/lib/shared-answer'
import { WORKER_ALIVE_MS } from './record-heartbeat'

export type DatabaseTrouble = 'away' | 'read_only' | 'disk_full'

export type Health = {
  status: 'ok' | 'degraded'
  /** `trouble`: why it cannot be worked with, where it is known. */
  database: { ok: boolean; trouble?: DatabaseTrouble }
  worker: { ok: boolean; workers: number; seenAt: Date | null }
  /** `failing`: jobs that have failed and are tried again. */
  queue: { ok: boolean; waiting: number; active: number; failing: number }
  mailboxes: { id: string; name: string; kind: string; health: MailboxHealth; tested: boolean }[]
  mode: 'sandbox' | 'live'
  /** `notices`: what is to be known about it, in words. */
  clock: { now: Date; simulated: boolean; speed: number; notices?: string[] }
}

/** What the database says, and whether it can be worked with. */
type Found = Pick<Health, 'status' | 'database' | 'worker' | 'queue' | 'mailboxes'>

export type Look = (deps: Deps) => Promise<Found>

/** The state of everything that sending needs. Never throws: an unreachable database is a result. */
export async function getHealth(deps: Deps, look: Look = lookAtDatabase): Promise<Health> {
  const { clock, config } = deps
  const found = await look(deps)
  return {
    ...found,
    mode: config.sandbox ? 'sandbox' : 'live',
    clock: {
      now: clock.now(),
      simulated: clock.simulated,
      speed: clock.speed,
      notices: clock.notices?.().map(clockWords) ?? [],
    },
  }
}

/** Differs as soon as something has changed that people act upon: neither how long the queue is, nor what time it is. */
export const healthMark = ({ status, database, worker, mailboxes, mode, clock }: Health): string =>
  JSON.stringify([status, database, worker.workers, mailboxes, mode, clock.notices])

/** How long the answer of a look is kept, from its beginning: trouble has to be told within five seconds. */
export const LOOK_KEPT_MS = 2_000

/**
 * A look for a process that anybody may ask: one at a time, and its answer is everybody's who asks meanwhile or soon after, so
 * that many questions cost no more than one.
 */
export const createSharedLook = (): Look => shareAnswer(lookAtDatabase, LOOK_KEPT_MS)

async function lookAtDatabase(deps: Deps): Promise<Found> {
  try {
    const [worker, queue, mailboxes, trouble] = await Promise.all([
      readWorkers(deps),
      readQueue(deps),
      readMailboxes(deps),
      findTrouble(deps),
    ])
    const status = worker.ok && queue.ok && !trouble ? 'ok' : 'degraded'
    const database = trouble ? { ok: false, trouble } : { ok: true }
    return { status, database, worker, queue, mailboxes }
  } catch (error) {
    deps.log.error({ err: error }, 'health could not be read')
    return {
      status: 'degraded',
      database: { ok: false, ...(isAway(error) && { trouble: 'away' as const }) },
      worker: { ok: false, workers: 0, seenAt: null },
      queue: { ok: false, waiting: 0, active: 0, failing: 0 },
      mailboxes: [],
    }
  }
}

/** What keeps the database from taking changes; null when it takes them. */
async function findTrouble({ sql }: Deps): Promise<DatabaseTrouble | null> {
  if (await isReadOnlyNow(sql)) return 'read_only'
  try {
    await writeToDisk(sql)
    return null
  } catch (error) {
    if (isDiskFull(error)) return 'disk_full'
    throw error
  }
}

type Heartbeats = Pick<Deps, 'db' | 'clock'>

/** Workers that are alive. */
export const countWorkers = async (deps: Heartbeats): Promise<number> => (await readWorkers(deps)).workers

async function readWorkers({ db, clock }: Heartbeats): Promise<Health['worker']> {
  const since = new Date(clock.realNow().getTime() - WORKER_ALIVE_MS)
  const alive = await db.workerHeartbeat.findMany({ where: { seenAt: { gt: since } }, orderBy: { seenAt: 'desc' } })
  return { ok: alive.length > 0, workers: alive.length, seenAt: alive[0]?.seenAt ?? null }
}

async function readQueue({ sql, config }: Deps): Promise<Health['queue']> {
  const jobs = await countJobs(sql, config.queueSchema)
  return { ok: true, waiting: jobs?.waiting ?? 0, active: jobs?.active ?? 0, failing: jobs?.failing ?? 0 }
}

async function readMailboxes({ db, config }: Deps): Promise<Health['mailboxes']> {
  const mailboxes = await db.mailbox.findMany({ orderBy: { createdAt: 'asc' } })
  return mailboxes.map((mailbox) => {
    const { id, name, kind, health } = mailbox
    return { id, name, kind, health, tested: isTested(mailbox, config.sandbox) }
  })
}
