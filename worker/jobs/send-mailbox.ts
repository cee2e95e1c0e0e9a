import type { Deps } from '@/deps'
import type { Boss } from '@/queue/boss'
import { JOBS, type SendMailboxPayload } from '@/queue/jobs'
import { sendDueMail } from '@/use-cases/send-due-mail'
import { told } from './told'

// Mailboxes that one worker serves at the same time. Its first place asks for work often, the others seldom: where two
// workers wait and two mailboxes have mail, each gets one.
const PLACES = [
  { localConcurrency: 1, pollingIntervalSeconds: 0.5 },
  { localConcurrency: 3, pollingIntervalSeconds: 3 },
]

/** Sends what is due from a mailbox. Settled outcomes return; only trouble worth retrying throws. */
export async function registerSendMailbox(boss: Boss, deps: Deps, signal: AbortSignal): Promise<void> {
  for (const places of PLACES) {
    await boss.work<SendMailboxPayload>(JOBS.sendMailbox, places, async (jobs) => {
      for (const { data } of jobs) {
        const { sent, other } = await told(deps, JOBS.sendMailbox, () => sendDueMail(deps, { ...data, signal }))
        if (sent + other > 0) deps.log.info({ mailbox: data.mailboxId, sent, other }, 'mailbox served')
      }
    })
  }
}
