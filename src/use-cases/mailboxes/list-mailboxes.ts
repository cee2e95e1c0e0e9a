import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { stillPausedUntil } from '@/domain/delivery/bounce-rate'
import { localDate } from '@/domain/time/local-time'
import { countSentToday } from './count-sent-today'

export type MailboxView = Omit<Mailbox, 'smtpPasswordEncrypted' | 'holidays'> & {
  hasPassword: boolean
  holidays: string[]
  /** Emails of today against the daily limit. */
  sentToday: number
}

/** Mailboxes with their health and today's use, oldest first. Never a password, not even encrypted. */
export async function listMailboxes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<MailboxView[]> {
  const mailboxes = await db.mailbox.findMany({ orderBy: { createdAt: 'asc' } })
  const now = clock.now()
  return Promise.all(
    mailboxes.map(async ({ smtpPasswordEncrypted, holidays, ...mailbox }) => {
      return {
        ...mailbox,
        firstStepsPausedUntil: stillPausedUntil(mailbox.firstStepsPausedUntil, now),
        hasPassword: smtpPasswordEncrypted !== null,
        holidays: holidays.map((date) => localDate(date, 'UTC')),
        sentToday: await countSentToday({ db }, mailbox, now),
      }
    }),
  )
}
