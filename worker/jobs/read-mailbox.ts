import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { readAnswers } from '@/use-cases/sandbox/open-mailbox'
import { defineJob } from '../job'

/** Reads what is new in one mailbox; one at a time a mailbox, across all workers. A failure is kept with its reader. */
export const readMailboxJob = defineJob({
  name: JOB.readMailbox,
  // What fails is read again when its reader is due.
  queue: { notify: true, retryLimit: 0, expireInSeconds: 900 },
  payload: z.object({ mailboxId: z.uuid() }),
  places: [{ localConcurrency: 4, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 }],
  handle: async (deps, { mailboxId }, signal) => {
    const { messages } = await readAnswers(deps, { mailboxId, signal })
    if (messages > 0) deps.log.info({ mailbox: mailboxId, messages }, 'mailbox read')
  },
})
