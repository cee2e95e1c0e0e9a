import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { sendReplies } from '@/use-cases/delivery/send-mailbox'
import { defineJob } from '../job'

/** Sends what people have written from one mailbox, as soon as it cannot be taken back any more; one at a time a mailbox. */
export const sendRepliesJob = defineJob({
  name: JOB.sendReplies,
  // What fails is found again by a tick. It lasts as long as the slowest answer.
  queue: { notify: false, retryLimit: 0, expireInSeconds: 900 },
  payload: z.object({ mailboxId: z.uuid() }),
  places: [{ localConcurrency: 4, pollingIntervalSeconds: 1 }],
  handle: async (deps, { mailboxId }, signal) => {
    const { sent, other } = await sendReplies(deps, { mailboxId, signal })
    if (sent + other > 0) deps.log.info({ mailbox: mailboxId, sent, other }, 'replies sent')
  },
})
