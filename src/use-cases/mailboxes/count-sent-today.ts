import type { Mailbox } from '@/db/generated/client'
import type { Deps } from '@/deps'
import { localDate } from '@/domain/time/local-time'

/** Emails that count against the mailbox's daily limit on its local day of `now`. */
export async function countSentToday(
  { db }: Pick<Deps, 'db'>,
  mailbox: Pick<Mailbox, 'id' | 'timezone'>,
  now: Date,
): Promise<number> {
  const day = new Date(localDate(now, mailbox.timezone))
  const used = await db.mailboxDay.findUnique({ where: { mailboxId_day: { mailboxId: mailbox.id, day } } })
  return used?.reserved ?? 0
}
