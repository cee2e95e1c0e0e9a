import type { Deps } from '@/deps'
import { beatHeart } from '@/use-cases/beat-heart'

const EVERY_MS = 5_000

/** Tells the database that this worker is alive; answers how to stop telling. */
export async function registerHeartbeat(deps: Deps, workerId: string): Promise<() => void> {
  await beatHeart(deps, workerId)
  const timer = setInterval(() => {
    beatHeart(deps, workerId).catch((error: Error) => deps.log.warn({ err: error }, 'heartbeat failed'))
  }, EVERY_MS)
  return () => clearInterval(timer)
}
