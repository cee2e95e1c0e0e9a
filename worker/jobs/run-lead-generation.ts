import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { runLeadGeneration } from '@/use-cases/lead-generation/run-lead-generation'
import { defineJob } from '../job'

/**
 * Works on one run of lead generation; at most one job per run at a time, across all workers. A source's refusal is
 * recorded in the run.
 */
export const runLeadGenerationJob = defineJob({
  name: JOB.runLeadGeneration,
  // A large run takes its time; the heartbeat distinguishes a dead worker from a slow source.
  queue: { notify: true, retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 6 * 3600 },
  payload: z.object({ runId: z.uuid() }),
  places: [{ localConcurrency: 2, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }],
  handle: (deps, { runId }, signal) => runLeadGeneration(deps, { runId, signal }),
})
