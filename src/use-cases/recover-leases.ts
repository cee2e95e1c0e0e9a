import { holdLapsed } from '@/db/queries/hold-lapsed'
import { insertEvent } from '@/db/queries/insert-event'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { heldInWords, WORKER_GONE } from '@/domain/delivery/held'

/** Holds mails whose worker is gone. Never sends, never decides what became of them. */
export async function recoverLeases({ sql, clock, log }: Deps): Promise<number> {
  const now = clock.now()
  const held = await transaction(sql, async (tx) => {
    const campaigns = await holdLapsed(tx, { realNow: clock.realNow(), now, reason: WORKER_GONE })
    for (const { campaignId, mails } of campaigns) {
      const message = heldInWords(mails)
      await insertEvent(tx, { campaignId, at: now, kind: 'held', actor: null, message, details: { mails } })
    }
    return campaigns
  })
  for (const { campaignId, mails } of held) log.warn({ campaign: campaignId, mails }, 'mails held: delivery unknown')
  return held.reduce((sum, { mails }) => sum + mails, 0)
}
