import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { storeCopies } from '@/use-cases/conversations/store-copies'
import { defineJob } from '../job'

/** Puts copies of what one mailbox has sent into its Sent folder; one at a time a mailbox, across all workers. */
export const storeCopiesJob = defineJob({
  name: JOB.storeCopies,
  // Nobody waits for a copy: what fails is found again by a tick.
  queue: { notify: false, retryLimit: 0, expireInSeconds: 900 },
  payload: z.object({ mailboxId: z.uuid() }),
  places: [{ localConcurrency: 2, pollingIntervalSeconds: 5 }],
  handle: async (deps, { mailboxId }, signal) => {
    const { stored } = await storeCopies(deps, { mailboxId, signal })
    if (stored > 0) deps.log.info({ mailbox: mailboxId, stored }, 'copies put into Sent')
  },
})
