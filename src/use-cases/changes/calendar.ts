import { selectCampaignsUnderWay, selectWaitingEmails } from '@/db/queries/changes/select-waiting-emails'
import type { Sql, SqlPool } from '@/db/sql'
import { type Calendar, type ChangeEffect, createDays } from '@/domain/campaign/changes/effect'
import { leaveWithin, type PlannedEmail, type Room } from '@/domain/campaign/changes/leaving'
import { emailsOfNewLeads } from '@/domain/campaign/changes/new-leads'
import type { CampaignRoom, MailboxRoom } from '@/domain/campaign/changes/outflow'
import { isLimited } from '@/domain/campaign/mailbox-limit'
import { inTurns } from '@/lib/turns'
import type { CampaignWithParts } from '@/use-cases/campaigns/load-campaign'
import type { PreparedChange } from './prepared-change'
import { readCampaignRoom, readMailboxRoom } from './rooms'

/** `campaignId`: of another campaign; absent for the one that changes. */
type LaidOut = PlannedEmail & { campaignId?: string }

type Planned = Pick<PreparedChange, 'campaign' | 'plan' | 'newLeads'>

/** Emails of other campaigns that are laid out at the most: a look costs no more than these, however much the others have planned. */
const MOST_OTHERS = 20_000

/** The effect of a change with its calendar, as of `now`. Reads what waits in other campaigns, too: not while locks are held. */
export const withCalendar = async (
  sql: SqlPool,
  prepared: PreparedChange,
  now: Date,
  most = MOST_OTHERS,
): Promise<ChangeEffect> => ({
  ...prepared.effect,
  ...(await calendarOf(sql, prepared, { now, most })),
})

/**
 * The calendar of a change as the emails leave, now and with it, within the windows, limits and gaps of the mailboxes and the campaign's limit,
 * together with what other campaigns send from these mailboxes. A change plans what it adds by its waits alone, and the gate spreads it.
 */
async function calendarOf(
  sql: SqlPool,
  { campaign, plan, newLeads }: Planned,
  { now, most }: { now: Date; most: number },
): Promise<Calendar> {
  const { before } = plan.emails
  const after = [...plan.emails.after, ...emailsOfNewLeads(newLeads.slices)]
  const others = await readOthers(sql, campaign, most)
  const room = await readRoom(sql, campaign, { own: before, others, now })
  const days = createDays(campaign.timezone)
  for (const [when, own] of [['before', before] as const, ['after', after] as const]) {
    const all: LaidOut[] = others.emails.length > 0 ? [...own, ...others.emails] : [...own]
    for (const { email, at } of await inTurns(leaveWithin(all, room)))
      if (email.campaignId === undefined) days.add(when, at, email.step)
  }
  return { days: days.list(), othersUntil: others.until }
}

type Others = Awaited<ReturnType<typeof readOthers>>

/**
 * What other campaigns that run send from the campaign's mailboxes, as far as anything keeps them from sending all that is due at once.
 * Of those that are paused nobody knows when they go on. `most`: emails at the most, each mailbox an equal part; `until`: how far they
 * reach, null where they are all.
 */
async function readOthers(sql: Sql, { id, mailboxes }: CampaignWithParts, most: number) {
  const emails: (LaidOut & { campaignId: string })[] = []
  const campaigns = new Map<string, Awaited<ReturnType<typeof selectCampaignsUnderWay>>[number]>()
  const limited = mailboxes.filter(({ mailbox }) => isLimited(mailbox))
  const part = Math.max(1, Math.floor(most / limited.length))
  const reached: number[] = []
  for (const { mailbox } of limited) {
    const underWay = await selectCampaignsUnderWay(sql, mailbox.id)
    const others = underWay.filter((one) => one.id !== id && one.status === 'running')
    for (const one of others) campaigns.set(one.id, one)
    const campaignIds = others.map((one) => one.id)
    if (campaignIds.length === 0) continue
    const waiting = await selectWaitingEmails(sql, { mailboxId: mailbox.id, campaignIds, most: part })
    for (const email of waiting) emails.push(email)
    if (waiting.length === part) reached.push(lastDue(waiting))
  }
  return { emails, campaigns, until: reached.length > 0 ? new Date(Math.min(...reached)) : null }
}

const lastDue = (emails: readonly PlannedEmail[]): number =>
  emails.reduce((last, { dueAt }) => Math.max(last, dueAt.getTime()), 0)

type Laid = { own: readonly PlannedEmail[]; others: Others; now: Date }

async function readRoom(sql: Sql, campaign: CampaignWithParts, { own, others, now }: Laid): Promise<Room<LaidOut>> {
  const mailboxes = new Map<string, MailboxRoom>()
  const laidOut = [...own, ...others.emails]
  const campaignIds = [campaign.id, ...others.campaigns.keys()]
  for (const { mailbox } of campaign.mailboxes)
    mailboxes.set(mailbox.id, await readMailboxRoom(sql, mailbox, { campaignIds, own: laidOut, now }))
  const ofCampaign = await readCampaignRoom(sql, campaign, { own, now })
  const ofOthers = new Map<string, CampaignRoom>()
  for (const [id, theirs] of Map.groupBy(others.emails, ({ campaignId }) => campaignId)) {
    const other = others.campaigns.get(id)
    if (other) ofOthers.set(id, await readCampaignRoom(sql, other, { own: theirs, now }))
  }
  const campaignOf = ({ campaignId }: LaidOut): CampaignRoom => {
    const room = campaignId === undefined ? ofCampaign : ofOthers.get(campaignId)
    if (!room) throw new Error('An email waits for a campaign that is not there')
    return room
  }
  return { now, mailboxes, campaignOf }
}
