import type { Mailbox } from '@/db/generated/client'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { type Decision, decide } from '@/domain/delivery/decide'
import { limitDaysAt, readLeftToday } from './daily-limits'
import { deliveryFactsOf } from './delivery-facts'

/** Decides about emails of one mailbox as a worker would at `now`. Returns the decisions by email; writes nothing. */
export async function decideNow(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  mailbox: Mailbox,
  emails: readonly DueEmail[],
  now: Date,
): Promise<Map<string, Decision>> {
  const window = toWindow(mailbox)
  const { left } = await readLeftToday(sql, mailbox, emails, limitDaysAt(mailbox, emails, now))
  const realNow = clock.realNow()
  return new Map(emails.map((email) => [email.id, decide(deliveryFactsOf(email, mailbox, window, left, realNow), now)]))
}
