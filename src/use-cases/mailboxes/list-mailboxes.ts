import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { stillPausedUntil } from '@/domain/delivery/bounce-rate'
import { goesOut, isTested } from '@/domain/delivery/mailbox-health'
import { localDate } from '@/domain/time/local-time'
import { countSentToday } from './count-sent-today'

export type MailboxView = Omit<Mailbox, 'smtpPasswordEncrypted' | 'settingsVersion' | 'holidays'> & {
  hasPassword: boolean
  holidays: string[]
  /** A login to its server has succeeded, or it is the sandbox inbox. */
  tested: boolean
  /** Its emails leave this machine. */
  goesOut: boolean
  /** Emails of today against the daily limit. */
  sentToday: number
}

/** Mailboxes with their health and today's use, oldest first. Never a password, not even encrypted. */
export async function listMailboxes({
  db,
  clock,
  config,
}: Pick<Deps, 'db' | 'clock' | 'config'>): Promise<MailboxView[]> {
  const mailboxes = await db.mailbox.findMany({ orderBy: { createdAt: 'asc' } })
  const now = clock.now()
  return Promise.all(
    mailboxes.map(async ({ smtpPasswordEncrypted, settingsVersion: _, holidays, ...mailbox }) => {
      return {
        ...mailbox,
        firstStepsPausedUntil: stillPausedUntil(mailbox.firstStepsPausedUntil, now),
        tested: isTested(mailbox, config.sandbox),
        goesOut: goesOut(mailbox, config.sandbox),
        hasPassword: smtpPasswordEncrypted !== null,
        holidays: holidays.map((date) => localDate(date, 'UTC')),
        sentToday: await countSentToday({ db }, mailbox, now),
      }
    }),
  )
}
