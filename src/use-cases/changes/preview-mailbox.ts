import type { Mailbox } from '@/db/generated/client'
import { selectCampaignsUnderWay, selectWaitingEmails } from '@/db/queries/changes/select-waiting-emails'
import type { Deps } from '@/deps'
import type { Room } from '@/domain/campaign/changes/leaving'
import {
  effectOnWaiting,
  type MailboxEffect,
  type MovedCampaign,
  type WaitingEmail,
} from '@/domain/campaign/changes/mailbox-effect'
import { latestNextSendAt } from '@/domain/delivery/pace'
import { rampColumns } from '@/domain/delivery/ramp'
import { DomainError } from '@/domain/errors'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { localDate } from '@/domain/time/local-time'
import { inTurns } from '@/lib/turns'
import { readCampaignRoom, readMailboxRoom } from './rooms'

export type MailboxChange = { mailboxId: string; mailbox: MailboxInput }

/** `isPaused`: its emails are laid out as if it went on at this moment. */
export type PreviewedCampaign = MovedCampaign & { name: string; isPaused: boolean }

/** What the settings do, with the names of the campaigns. */
export type MailboxPreview = Omit<MailboxEffect, 'campaigns'> & { campaigns: PreviewedCampaign[] }

/**
 * What other settings of a mailbox would do at this moment to emails that wait to leave from it, in campaigns that run or are paused; null
 * where it is nothing: limits, gaps, window and zone stay, or all leaves on the same days. Changes nothing.
 * @throws {DomainError} not_found
 */
export async function previewMailbox(
  { db, sql, clock }: Pick<Deps, 'db' | 'sql' | 'clock'>,
  { mailboxId, mailbox: input }: MailboxChange,
): Promise<MailboxPreview | null> {
  const now = clock.now()
  const before = await db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!before) throw new DomainError('not_found', 'This mailbox does not exist any more. Nothing was saved.')
  const after = settledAs(before, input, now)
  const settings = { before: paceOf(before), after: paceOf(after) }
  if (settings.before === settings.after) return null
  const campaigns = await selectCampaignsUnderWay(sql, mailboxId)
  const campaignIds = campaigns.map(({ id }) => id)
  const emails = await selectWaitingEmails(sql, { mailboxId, campaignIds, most: null })
  if (emails.length === 0) return null
  const ofCampaigns = new Map<string, Awaited<ReturnType<typeof readCampaignRoom>>>()
  for (const [id, own] of Map.groupBy(emails, ({ campaignId }) => campaignId)) {
    const campaign = campaigns.find((one) => one.id === id)
    if (campaign) ofCampaigns.set(id, await readCampaignRoom(sql, campaign, { own, now }))
  }
  const roomOf = async (mailbox: Mailbox): Promise<Room<WaitingEmail>> => ({
    now,
    mailboxes: new Map([[mailboxId, await readMailboxRoom(sql, mailbox, { campaignIds, own: emails, now })]]),
    campaignOf: ({ campaignId }) => {
      const room = ofCampaigns.get(campaignId)
      if (!room) throw new Error('An email waits for a campaign that is not there')
      return room
    },
  })
  const rooms = { before: await roomOf(before), after: await roomOf(after), timezone: after.timezone, settings }
  const effect = await inTurns(effectOnWaiting(emails, rooms))
  if (effect.campaigns.every(({ moved }) => moved === 0)) return null
  const named = effect.campaigns.flatMap((one) => {
    const campaign = campaigns.find(({ id }) => id === one.id)
    return campaign ? [{ ...one, name: campaign.name, isPaused: campaign.status === 'paused' }] : []
  })
  return { ...effect, campaigns: named }
}

/** The mailbox as it is once that is saved, as far as it decides when its emails leave. */
function settledAs(before: Mailbox, input: MailboxInput, now: Date): Mailbox {
  const { rampFrom, ...ramp } = rampColumns(input.ramp, before.rampFrom, localDate(now, input.timezone))
  return {
    ...before,
    ...ramp,
    ...(rampFrom && { rampFrom: new Date(rampFrom) }),
    dailyLimit: input.dailyLimit === undefined ? before.dailyLimit : input.dailyLimit,
    nextSendAt: noLaterThan(before.nextSendAt, latestNextSendAt(input, now)),
    minGapSeconds: input.minGapSeconds,
    gapJitterSeconds: input.gapJitterSeconds,
    timezone: input.timezone,
    windowDays: input.windowDays,
    windowStartMinute: input.windowStartMinute,
    windowEndMinute: input.windowEndMinute,
    holidays: input.holidays.map((day) => new Date(day)),
  }
}

/** As a save leaves it: no later than the saved pace asks. */
const noLaterThan = (nextSendAt: Date | null, latest: Date | null): Date | null =>
  nextSendAt && latest && nextSendAt < latest ? nextSendAt : nextSendAt && latest

const paceOf = (mailbox: Mailbox): string =>
  JSON.stringify([
    mailbox.dailyLimit,
    [mailbox.rampStart, mailbox.rampStep, mailbox.rampStart === null ? null : mailbox.rampFrom],
    [mailbox.minGapSeconds, mailbox.gapJitterSeconds],
    mailbox.timezone,
    [mailbox.windowDays.toSorted(), mailbox.windowStartMinute, mailbox.windowEndMinute],
    mailbox.holidays.map((day) => day.toISOString()).toSorted(),
  ])
