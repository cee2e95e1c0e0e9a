import type { Sql } from '@/db/sql'
import { type ChangedDay, createDays } from '@/domain/campaign/changes/effect'
import { leaveWithin, type PlannedEmail, type Room } from '@/domain/campaign/changes/leaving'
import { inTurns } from '@/lib/turns'
import type { CampaignWithParts } from '@/use-cases/campaigns/load-campaign'
import { readCampaignRoom, readMailboxRoom } from './rooms'

type Planned = { before: readonly PlannedEmail[]; after: readonly PlannedEmail[] }

/**
 * The calendar of a change as the emails leave, now and with it, under the daily limits and gaps of the mailboxes and the campaign's limit,
 * beside what other campaigns have planned. A change plans what it adds by its waits alone, and the gate spreads it.
 */
export async function limitedDays(
  sql: Sql,
  campaign: CampaignWithParts,
  { before, after, now }: Planned & { now: Date },
): Promise<ChangedDay[]> {
  const room = await readRoom(sql, campaign, before, now)
  const days = createDays(campaign.timezone)
  for (const { email, at } of await inTurns(leaveWithin(before, room))) days.add('before', at, email.step)
  for (const { email, at } of await inTurns(leaveWithin(after, room))) days.add('after', at, email.step)
  return days.list()
}

async function readRoom(sql: Sql, campaign: CampaignWithParts, own: readonly PlannedEmail[], now: Date): Promise<Room> {
  const mailboxes = new Map<string, Awaited<ReturnType<typeof readMailboxRoom>>>()
  for (const { mailbox } of campaign.mailboxes)
    mailboxes.set(mailbox.id, await readMailboxRoom(sql, mailbox, { own, now }))
  const ofCampaign = await readCampaignRoom(sql, campaign, { own, now })
  return { now, mailboxes, campaignOf: () => ofCampaign }
}
