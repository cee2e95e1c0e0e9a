import type { Deps } from '@/deps'

/** Workers that have not been seen for this long are not alive. Real time. */
export const WORKER_ALIVE_MS = 20_000
const FORGET_AFTER_MS = 3_600_000

/** Says that this worker is alive, and forgets those long gone. */
export async function recordHeartbeat({ db, clock }: Deps, workerId: string): Promise<void> {
  const now = clock.realNow()
  await db.workerHeartbeat.upsert({
    where: { workerId },
    create: { workerId, startedAt: now, seenAt: now },
    update: { seenAt: now },
  })
  await db.workerHeartbeat.deleteMany({ where: { seenAt: { lt: new Date(now.getTime() - FORGET_AFTER_MS) } } })
}

/** A worker that stops in order takes its heartbeat along. */
export async function removeHeartbeat({ db }: Deps, workerId: string): Promise<void> {
  await db.workerHeartbeat.deleteMany({ where: { workerId } })
}
