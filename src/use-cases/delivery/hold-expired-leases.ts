import { insertEvent } from '@/db/queries/campaigns/insert-event'
import { holdIfLeaseExpired } from '@/db/queries/delivery/hold-expired-leases'
import { holdRepliesIfLeaseExpired } from '@/db/queries/replies/move-reply'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { heldInWords, WORKER_GONE } from '@/domain/delivery/held'

/**
 * Holds emails and replies whose worker died or froze past their lease; whether they were delivered stays open. Sends nothing.
 * Returns how many.
 */
export async function holdExpiredLeases({ sql, clock, log, measures }: Deps): Promise<number> {
  const now = clock.now()
  const held = await transaction(sql, async (tx) => {
    const lapsed = await holdIfLeaseExpired(tx, { realNow: clock.realNow(), now, reason: WORKER_GONE })
    for (const [campaignId, emails] of emailsByCampaign(lapsed)) {
      const message = heldInWords(emails)
      // The details keep the name under which they are stored.
      await insertEvent(tx, { campaignId, at: now, kind: 'held', actor: null, message, details: { emails: emails } })
    }
    return lapsed
  })
  for (const { campaignId, mailboxId, emails } of held) {
    log.warn({ campaign: campaignId, mailbox: mailboxId, emails }, 'emails held: delivery unknown')
    measures?.emailsRecorded(mailboxId, 'held', emails)
  }
  const replies = await holdRepliesIfLeaseExpired(sql, { realNow: clock.realNow(), now, reason: WORKER_GONE })
  for (const { id } of replies) log.warn({ reply: id }, 'reply held: delivery unknown')
  return held.reduce((sum, { emails }) => sum + emails, replies.length)
}

function emailsByCampaign(lapsed: readonly { campaignId: string; emails: number }[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { campaignId, emails } of lapsed) sums.set(campaignId, (sums.get(campaignId) ?? 0) + emails)
  return sums
}
