import type { Mailbox } from '@/db/generated/client'
import { selectPlannedByDay, selectPlannedTimes } from '@/db/queries/campaigns/select-planned-by-day'
import { selectPlannedOfCampaign } from '@/db/queries/lead-generation/plan-run'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { toDailyLimit } from '@/domain/campaign/mailbox-limit'
import { type PlanMailbox, type PlanSlice, planByTurns } from '@/domain/campaign/schedule'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { leaveTimes } from '@/domain/campaign/slots'
import { isPaced, meanGapMs } from '@/domain/delivery/pace'
import { rampOf } from '@/domain/delivery/ramp'
import { DomainError } from '@/domain/errors'
import { localDate } from '@/domain/time/local-time'
import { inTurns } from '@/lib/turns'
import type { CampaignWithParts } from './load-campaign'

/**
 * The plan of a campaign that starts at `start`, written by a start and shown by a forecast.
 * @throws {DomainError} not_ready when the sending windows or limits allow no plan
 */
export async function preparePlan(
  { sql, clock }: Pick<Deps, 'clock'> & { sql: Sql },
  {
    campaign,
    mailboxes,
    leadCount,
    start,
  }: { campaign: CampaignWithParts; mailboxes: Mailbox[]; leadCount: number; start: Date },
): Promise<PlanSlice[]> {
  const planned: PlanMailbox[] = []
  for (const mailbox of mailboxes) {
    planned.push({
      id: mailbox.id,
      window: toWindow(mailbox),
      dailyLimit: mailbox.dailyLimit,
      ramp: rampOf(mailbox),
      planned: toDailyLimit(mailbox) === null ? new Map() : await readBooked(sql, mailbox, clock.now()),
      ...(isPaced(mailbox) ? { pace: await readPace(sql, mailbox, clock.now()) } : {}),
    })
  }
  const { timezone, dailyLimit } = campaign
  const steps = campaign.sequence.map(({ template, ...step }) => ({ ...step, templateId: template.id }))
  const booked = dailyLimit === null ? new Map() : await readOwn(sql, campaign, clock.now())
  try {
    return await inTurns(
      planByTurns({ start, timezone, steps, leadCount, mailboxes: planned, dailyLimit, planned: booked }),
    )
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DomainError('not_ready', `"${campaign.name}" can't be planned. ${error.message} Nothing was changed.`, {
      campaignId: campaign.id,
    })
  }
}

async function readBooked(sql: Sql, { id, timezone }: Mailbox, now: Date) {
  const today = localDate(now, timezone)
  const rows = await selectPlannedByDay(sql, { mailboxId: id, timezone, today, now })
  return new Map(rows.map(({ day, emails }) => [day, emails]))
}

/** The mailbox's gap, and when what it has planned leaves: emails that are due together leave one after the other. */
async function readPace(sql: Sql, mailbox: Mailbox, now: Date): Promise<PlanMailbox['pace']> {
  const { id: mailboxId, minGapSeconds, gapJitterSeconds, nextSendAt } = mailbox
  const gapMs = meanGapMs(mailbox)
  const rows = await selectPlannedTimes(sql, { mailboxId, statuses: ['running', 'paused', 'failed'], now })
  const due = rows.flatMap(({ at, emails }) => Array.from({ length: emails }, () => at))
  const outflow = { window: toWindow(mailbox), gapMs, dailyLimit: null }
  const booked = leaveTimes(due, outflow, { from: nextSendAt, sent: new Map() })
  // The one that left last keeps the next one waiting.
  const lately = nextSendAt && nextSendAt > now ? [new Date(nextSendAt.getTime() - gapMs)] : []
  return { minGapSeconds, gapJitterSeconds, booked: [...lately, ...booked] }
}

async function readOwn(sql: Sql, { id: campaignId, timezone }: CampaignWithParts, now: Date) {
  const today = localDate(now, timezone)
  const rows = await selectPlannedOfCampaign(sql, { campaignId, timezone, today, now })
  return new Map(rows.map(({ day, emails }) => [day, emails]))
}
