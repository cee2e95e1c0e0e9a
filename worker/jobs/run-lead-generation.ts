import type { Deps } from '@/deps'
import type { Boss } from '@/queue/boss'
import { JOBS, type RunLeadGenerationPayload } from '@/queue/jobs'
import { runLeadGeneration } from '@/use-cases/run-lead-generation'
import { told } from './told'

// Runs that one worker works on at the same time; each asks its sources side by side.
const CONCURRENCY = 2

/** Works on a run. What a source refuses is settled in the run; only trouble worth retrying throws. */
export async function registerRunLeadGeneration(boss: Boss, deps: Deps, signal: AbortSignal): Promise<void> {
  await boss.work<RunLeadGenerationPayload>(
    JOBS.runLeadGeneration,
    { localConcurrency: CONCURRENCY, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 },
    async (jobs) => {
      for (const { data } of jobs) {
        await told(deps, JOBS.runLeadGeneration, () => runLeadGeneration(deps, { ...data, signal }))
      }
    },
  )
}
