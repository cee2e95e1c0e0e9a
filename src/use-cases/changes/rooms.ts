import { selectBookedByDay } from '@/db/queries/changes/select-booked-by-day'
import { selectPlannedOfCampaign } from '@/db/queries/lead-generation/plan-run'
import type { Sql } from '@/db/sql'
import type { DayCounts } from '@/domain/campaign/capacity'
import type { PlannedEmail } from '@/domain/campaign/changes/leaving'
import type { CampaignRoom, MailboxRoom } from '@/domain/campaign/changes/outflow'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import type { CampaignStatus } from '@/domain/campaign/state'
import { meanGapMs, type Pace } from '@/domain/delivery/pace'
import { localDate } from '@/domain/time/local-time'

type LimitedMailbox = { id: string; nextSendAt: Date | null } & Parameters<typeof toDailyLimit>[0] & Pace
type LimitedCampaign = { id: string; status: CampaignStatus; timezone: string; dailyLimit: number | null }
type Own = { own: readonly PlannedEmail[]; now: Date }

/**
 * What a mailbox's limits leave beside what these campaigns have planned; `own`: the emails that are laid out anew. Others count nothing:
 * nobody knows when they go on.
 */
export async function readMailboxRoom(
  sql: Sql,
  mailbox: LimitedMailbox,
  { campaignIds, own, now }: Own & { campaignIds: readonly string[] },
): Promise<MailboxRoom> {
  const { id: mailboxId, timezone } = mailbox
  const rows = await selectBookedByDay(sql, { mailboxId, campaignIds, timezone, today: localDate(now, timezone), now })
  const ours = own.filter((email) => email.mailboxId === mailboxId)
  return {
    window: toWindow(mailbox),
    limit: toDailyLimit(mailbox),
    gapMs: meanGapMs(mailbox),
    freeAt: mailbox.nextSendAt,
    booked: without(ours, rows, { zone: timezone, now }),
  }
}

/** What a campaign's limit leaves beside its emails that are not laid out anew. */
export async function readCampaignRoom(
  sql: Sql,
  { id, status, timezone, dailyLimit }: LimitedCampaign,
  { own, now }: Own,
): Promise<CampaignRoom> {
  const isPaused = status === 'paused'
  if (dailyLimit === null) return { id, dailyLimit, timezone, booked: new Map(), isPaused }
  const rows = await selectPlannedOfCampaign(sql, { campaignId: id, timezone, today: localDate(now, timezone), now })
  return { id, dailyLimit, timezone, booked: without(own, rows, { zone: timezone, now }), isPaused }
}

/** What is booked by others: emails that are laid out anew leave their places. */
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
