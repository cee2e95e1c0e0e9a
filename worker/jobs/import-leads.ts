import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { runImport } from '@/use-cases/leads/run-import'
import { defineJob } from '../job'

/** Works on one import, or on its rollback; killed or doubled it loses and doubles no lead. */
export const importLeadsJob = defineJob({
  name: JOB.importLeads,
  // What is lost is found again by a tick.
  queue: { notify: true, retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 3600 },
  payload: z.object({ importId: z.uuid() }),
  places: [{ localConcurrency: 2, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }],
  handle: (deps, { importId }, signal) => runImport(deps, { importId, signal }),
})
