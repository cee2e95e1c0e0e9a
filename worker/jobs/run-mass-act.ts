import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { defineJob } from '../job'

/** Works on one act on many leads, step by step; at most one job per act at a time, across all workers. */
export const runMassActJob = defineJob({
  name: JOB.runMassAct,
  queue: { notify: true, retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 6 * 3600 },
  payload: z.object({ massActId: z.uuid() }),
  places: [{ pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }],
  handle: (deps, { massActId }, signal) => runMassAct(deps, { massActId, signal }),
})
