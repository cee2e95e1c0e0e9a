import type { Deps } from '@/deps'
import { recordHeartbeat } from '@/use-cases/maintenance/record-heartbeat'

const EVERY_MS = 5_000

/** Records this worker's heartbeat now and every 5 s. Returns how to stop. */
export async function startHeartbeat(deps: Deps, workerId: string): Promise<() => void> {
  await recordHeartbeat(deps, workerId)
  const timer = setInterval(() => {
    recordHeartbeat(deps, workerId).catch((error: Error) => deps.log.warn({ err: error }, 'heartbeat failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
