import type { Deps } from '@/deps'
import type { Boss } from '@/queue/boss'
import { JOBS, type SendMailboxPayload } from '@/queue/jobs'
import { sendDueMail } from '@/use-cases/send-due-mail'
import { told } from './told'

// Mailboxes that one worker serves at the same time.
const CONCURRENCY = 4

/** Sends what is due from a mailbox. Settled outcomes return; only trouble worth retrying throws. */
export async function registerSendMailbox(boss: Boss, deps: Deps, signal: AbortSignal): Promise<void> {
  await boss.work<SendMailboxPayload>(
    JOBS.sendMailbox,
    { localConcurrency: CONCURRENCY, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 2 },
    async (jobs) => {
      for (const { data } of jobs) {
        const { sent, other } = await told(deps, JOBS.sendMailbox, () => sendDueMail(deps, { ...data, signal }))
        if (sent + other > 0) deps.log.info({ mailbox: data.mailboxId, sent, other }, 'mailbox served')
      }
    },
  )
}
