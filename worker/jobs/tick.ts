import type { Deps } from '@/deps'
import type { Boss } from '@/queue/boss'
import { JOBS } from '@/queue/jobs'
import { runTick } from '@/use-cases/run-tick'
import { told } from './told'

const MINUTE_MS = 60_000
const SHORTEST_MS = 1_000

/**
 * The minute tick: by pg-boss cron in real time; in simulated time every simulated minute, at least a second apart.
 * Answers how to stop the latter.
 */
export async function registerTick(boss: Boss, deps: Deps): Promise<() => void> {
  await boss.work(JOBS.tick, { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }, async () => {
    await told(deps, JOBS.tick, () => runTick(deps))
  })
  await boss.schedule(JOBS.tick, '* * * * *', {}, { singletonKey: JOBS.tick })
  await deps.queue.wakeTick()
  if (!deps.clock.simulated) return () => undefined
  const every = Math.max(SHORTEST_MS, MINUTE_MS / deps.clock.speed)
  const timer = setInterval(() => void deps.queue.wakeTick(), every)
  return () => clearInterval(timer)
}
