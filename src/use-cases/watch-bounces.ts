import type { Mailbox } from '@/db/generated/client'
import { insertEvent } from '@/db/queries/insert-event'
import type { Deps } from '@/deps'
import { firstStepsPausedUntil } from '@/domain/delivery/bounce-rate'
import { DAY_MS } from '@/domain/time/duration'

/**
 * Asked after mail of the mailbox bounced: pauses its first mails when too much of the last day's did. Follow-ups go on.
 * Saving the mailbox ends the pause; the next bounce asks anew. True when it pauses from now on.
 */
export async function watchBounces(
  { db, sql, clock, log }: Deps,
  { id, fromEmail }: Pick<Mailbox, 'id' | 'fromEmail'>,
  campaignIds: Iterable<string>,
): Promise<boolean> {
  const at = clock.now()
  const hours = await db.mailboxHour.findMany({
    where: { mailboxId: id, hour: { gt: new Date(at.getTime() - DAY_MS) } },
  })
  const until = firstStepsPausedUntil(hours, at)
  if (!until) return false
  const { count } = await db.mailbox.updateMany({
    where: { id, OR: [{ firstStepsPausedUntil: null }, { firstStepsPausedUntil: { lt: until } }] },
    data: { firstStepsPausedUntil: until },
  })
  if (count === 0) return true
  log.warn({ mailbox: id, until }, 'too much mail bounced: first mails pause')
  const message = `More than 5 % of the mail of ${fromEmail} bounced within a day: its first mails pause, follow-ups go on`
  for (const campaignId of new Set(campaignIds)) {
    await insertEvent(sql, { campaignId, at, kind: 'first_mails_paused', actor: null, message })
  }
  return true
}
