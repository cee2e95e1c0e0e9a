import { z } from 'zod'
import { JOB } from '@/queue/jobs'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { defineJob } from '../job'

/** Sends what is due from one mailbox; one at a time a mailbox, across all workers. */
export const sendMailboxJob = defineJob({
  name: JOB.sendMailbox,
  // Not by notification: it would wake all places of all workers, and one worker would take what two can share.
  // It lasts as long as the slowest answer, ten minutes, and as those that came meanwhile.
  queue: { notify: false, retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 1800 },
  payload: z.object({ mailboxId: z.uuid() }),
  // Mailboxes that one worker serves at the same time. Its first place polls often, the others seldom: where two
  // workers wait and two mailboxes have something due, each gets one.
  places: [
    { localConcurrency: 1, pollingIntervalSeconds: 0.5 },
    { localConcurrency: 3, pollingIntervalSeconds: 3 },
  ],
  handle: async (deps, { mailboxId }, signal) => {
    const { sent, other } = await sendMailbox(deps, { mailboxId, signal })
    if (sent + other > 0) deps.log.info({ mailbox: mailboxId, sent, other }, 'mailbox served')
  },
})
