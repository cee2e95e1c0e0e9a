import type { Mailbox } from '@/db/generated/client'
import { selectPlannedByDay } from '@/db/queries/campaigns/select-planned-by-day'
import { selectPlannedOfCampaign } from '@/db/queries/lead-generation/plan-run'
import type { Sql } from '@/db/sql'
import type { DayCounts } from '@/domain/campaign/capacity'
import { type ChangedDay, createDays } from '@/domain/campaign/changes/effect'
import { leaveWithin, type PlannedEmail, type Room } from '@/domain/campaign/changes/leaving'
import { capacityOf } from '@/domain/campaign/daily-capacity'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { localDate } from '@/domain/time/local-time'
import { inTurns } from '@/lib/turns'
import type { CampaignWithParts } from '@/use-cases/campaigns/load-campaign'

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
  for (const { step, at } of await inTurns(leaveWithin(before, room))) days.add('before', at, step)
  for (const { step, at } of await inTurns(leaveWithin(after, room))) days.add('after', at, step)
  return days.list()
}

async function readRoom(
  sql: Sql,
  { id: campaignId, timezone, dailyLimit, mailboxes }: CampaignWithParts,
  own: readonly PlannedEmail[],
  now: Date,
): Promise<Room> {
  const room = new Map<string, ReturnType<Room['mailboxes']['get']> & object>()
  for (const { mailbox } of mailboxes) {
    const { id: mailboxId, timezone: zone } = mailbox
    const today = localDate(now, zone)
    const rows = await selectPlannedByDay(sql, { mailboxId, timezone: zone, today, now })
    const ours = own.filter((email) => email.mailboxId === mailboxId)
    room.set(mailboxId, {
      window: toWindow(mailbox),
      limits: limitsOf(mailbox),
      booked: without(ours, rows, { zone, now }),
    })
  }
  const rows = await selectPlannedOfCampaign(sql, { campaignId, timezone, today: localDate(now, timezone), now })
  const booked = without(own, rows, { zone: timezone, now })
  return { now, mailboxes: room, campaign: { dailyLimit, timezone, booked } }
}

const limitsOf = (mailbox: Mailbox) => [toDailyLimit(mailbox), capacityOf({ ...mailbox, dailyLimit: null }).perDay]

/** What is booked by others: emails of the campaign itself that wait are laid out anew. */
function without(
  own: readonly PlannedEmail[],
  rows: readonly { day: string; emails: number }[],
  { zone, now }: { zone: string; now: Date },
): DayCounts {
  const booked = new Map(rows.map(({ day, emails }) => [day, emails]))
  const times = Map.groupBy(own, ({ dueAt }) => Math.max(dueAt.getTime(), now.getTime()))
  for (const [at, emails] of times) {
    const day = localDate(new Date(at), zone)
    booked.set(day, Math.max(0, (booked.get(day) ?? 0) - emails.length))
  }
  return booked
}
