import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { localDate } from '@/domain/campaign/window'

export type MailboxView = Omit<Mailbox, 'smtpPasswordEncrypted' | 'holidays'> & {
  hasPassword: boolean
  holidays: string[]
  /** Mails of today against the daily limit. */
  sentToday: number
}

/** Mailboxes with their health and today's use. Never a password, not even sealed. */
export async function listMailboxes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<MailboxView[]> {
  const mailboxes = await db.mailbox.findMany({ orderBy: { createdAt: 'asc' } })
  return Promise.all(
    mailboxes.map(async ({ smtpPasswordEncrypted, holidays, ...mailbox }) => {
      const day = new Date(localDate(clock.now(), mailbox.timezone))
      const used = await db.mailboxDay.findUnique({ where: { mailboxId_day: { mailboxId: mailbox.id, day } } })
      return {
        ...mailbox,
        hasPassword: smtpPasswordEncrypted !== null,
        holidays: holidays.map((date) => localDate(date, 'UTC')),
        sentToday: used?.reserved ?? 0,
      }
    }),
  )
}
