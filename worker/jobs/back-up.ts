import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { runScheduledBackup } from '@/use-cases/maintenance/run-scheduled-backup'
import { defineJob } from '../job'

const HOUR_MS = 3_600_000

/** The backup of the day: looked for every hour, so that a worker that was down at night makes it later. */
export const backUpJob = defineJob({
  name: JOB.backUp,
  queue: { notify: false, retryLimit: 2, retryDelay: 300, retryBackoff: true, expireInSeconds: 6 * 3600 },
  payload: z.object({}),
  places: [{ pollingIntervalSeconds: 30 }],
  schedule: { cron: '10 * * * *', everyMs: HOUR_MS },
  handle: (deps) => runScheduledBackup(deps),
})
