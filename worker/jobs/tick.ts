import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { defineJob } from '../job'

/** The minute tick: enqueues what is due and never decides; in simulated time every simulated minute. */
export const tickJob = defineJob({
  name: JOB.tick,
  // A worker that dies in a tick keeps all others from ticking until its heartbeat is missed, which is soon.
  queue: { notify: true, retryLimit: 0, expireInSeconds: 120 },
  payload: z.object({}),
  places: [{ pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }],
  schedule: { cron: '* * * * *', everyMs: 60_000 },
  handle: (deps) => runTick(deps),
})
