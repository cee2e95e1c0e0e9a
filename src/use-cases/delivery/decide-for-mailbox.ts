import type { Mailbox } from '@/db/generated/client'
import { selectAnswersRead } from '@/db/queries/delivery/select-answers-read'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import type { CampaignStatus } from '@/domain/campaign/state'
import { type Decision, decide } from '@/domain/delivery/decide'
import { getSettings } from '@/use-cases/settings/get-settings'
import { limitDaysAt, readLeftToday } from './daily-limits'
import { answersRead, mailboxFactsOf } from './delivery-facts'

type Campaign = { id: string; status: CampaignStatus; timezone: string; dailyLimit: number | null }

const FREE_LEAD = {
  ...{ email: '', emailValid: true, suppressed: false, takenOut: false, lastContactedAt: null, awayUntil: null },
  status: 'new' as const,
}

/**
 * Decides about a first email and a follow-up of the campaign that are due at `now` from this mailbox, to a lead with no
 * reason against it: by campaign, mailbox and limits alone. Writes nothing.
 */
export async function decideForMailbox(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { campaign, mailbox, now }: { campaign: Campaign; mailbox: Mailbox; now: Date },
): Promise<{ isFirstStep: boolean; decision: Decision }[]> {
  const days = limitDaysAt(mailbox, [{ campaignId: campaign.id, campaignTimezone: campaign.timezone }], now)
  const limits = { campaignId: campaign.id, campaignDailyLimit: campaign.dailyLimit }
  const { left } = await readLeftToday(sql, mailbox, [limits], days)
  const reading = await selectAnswersRead(sql, mailbox.id)
  const read = reading && answersRead(reading, clock.realNow())
  const facts = {
    campaignStatus: campaign.status,
    campaignTimezone: campaign.timezone,
    continueAfterReply: false,
    scheduledFor: now,
    previousStep: null,
    lead: FREE_LEAD,
    mailbox: mailboxFactsOf(mailbox, toWindow(mailbox), read),
    hasPostalAddress: (await getSettings({ sql })).postalAddress.trim() !== '',
    leftToday: { mailbox: left.get(null) ?? null, campaign: left.get(campaign.id) ?? null },
  } as const
  return [true, false].map((isFirstStep) => ({ isFirstStep, decision: decide({ ...facts, isFirstStep }, now) }))
}
