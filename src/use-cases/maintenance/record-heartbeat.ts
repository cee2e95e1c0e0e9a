import type { Deps } from '@/deps'

/** Milliseconds of real time after which a worker without a heartbeat counts as gone. */
export const WORKER_ALIVE_MS = 20_000
const FORGET_AFTER_MS = 3_600_000

/** Records that this worker is alive, and removes heartbeats of workers long gone. */
export async function recordHeartbeat({ db, clock }: Deps, workerId: string): Promise<void> {
  const now = clock.realNow()
  await db.workerHeartbeat.upsert({
    where: { workerId },
    create: { workerId, startedAt: now, seenAt: now },
    update: { seenAt: now },
  })
  await db.workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - FORGET_AFTER_MS) } } })
}

/** Removes the heartbeat of a worker that stops in order. */
export async function removeHeartbeat({ db }: Deps, workerId: string): Promise<void> {
  await db.workerHeartbeat.deleteMany({ where: { workerId } })
}
