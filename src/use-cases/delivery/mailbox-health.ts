import type { Mailbox } from '@/db/generated/client'
import { insertEvent } from '@/db/queries/campaigns/insert-event'
import type { Deps } from '@/deps'
import { firstStepsPausedUntil } from '@/domain/delivery/bounce-rate'

const DAY_MS = 24 * 3_600_000

/**
 * Pauses the first emails of a mailbox when too much of what it sent within a day bounced; called after a bounce.
 * Follow-ups go on. Saving the mailbox ends the pause, and the next bounce decides anew. True when first emails are paused.
 */
export async function pauseFirstStepsIfBouncing(
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
  log.warn({ mailbox: id, until }, 'too many emails bounced: first emails pause')
  const message = `More than 5 % of the emails of ${fromEmail} bounced within a day: its first emails pause, follow-ups go on`
  for (const campaignId of new Set(campaignIds)) {
    await insertEvent(sql, { campaignId, at, kind: 'first_mails_paused', actor: null, message })
  }
  return true
}
