import { holdLapsed } from '@/db/queries/hold-lapsed'
import type { Deps } from '@/deps'

/** Holds mails whose worker is gone. Never sends, never decides what became of them. */
export async function recoverLeases({ sql, clock, log }: Deps): Promise<number> {
  const held = await holdLapsed(sql, { realNow: clock.realNow(), now: clock.now() })
  for (const { campaignId, mails } of held) log.warn({ campaign: campaignId, mails }, 'mails held: delivery unknown')
  return held.reduce((sum, { mails }) => sum + mails, 0)
}
