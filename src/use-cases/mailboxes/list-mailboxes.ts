import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { localDate } from '@/domain/time/local-time'

export type MailboxView = Omit<Mailbox, 'smtpPasswordEncrypted' | 'holidays'> & {
  hasPassword: boolean
  holidays: string[]
  /** Emails of today against the daily limit. */
  sentToday: number
}

/** Mailboxes with their health and today's use. Never a password, not even sealed. */
export async function listMailboxes({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<MailboxView[]> {
  const mailboxes = await db.mailbox.findMany({ orderBy: { createdAt: 'asc' } })
  const now = clock.now()
  return Promise.all(
    mailboxes.map(async ({ smtpPasswordEncrypted, holidays, ...mailbox }) => {
      return {
        ...mailbox,
        firstStepsPausedUntil: stillAhead(mailbox.firstStepsPausedUntil, now),
        hasPassword: smtpPasswordEncrypted !== null,
        holidays: holidays.map((date) => localDate(date, 'UTC')),
        sentToday: await sentToday({ db }, mailbox, now),
      }
    }),
  )
}

/** Emails counted against the mailbox's daily limit on its local day of `now`. */
export async function sentToday(
  { db }: Pick<Deps, 'db'>,
  mailbox: Pick<Mailbox, 'id' | 'timezone'>,
  now: Date,
): Promise<number> {
  const day = new Date(localDate(now, mailbox.timezone))
  const used = await db.mailboxDay.findUnique({ where: { mailboxId_day: { mailboxId: mailbox.id, day } } })
  return used?.reserved ?? 0
}

/** A pause that is over is none. */
export const stillAhead = (until: Date | null, now: Date) => (until && until > now ? until : null)
