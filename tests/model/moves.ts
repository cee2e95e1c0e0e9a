import { isOpen, localDay, nextLocalDay } from './plan'
import {
  Broken,
  boxOf,
  campaignIn,
  campaignOf,
  DAY,
  emailsOf,
  found,
  HOUR,
  isUnderWay,
  limitsOf,
  mayBeMailed,
  moveTo,
  recordSent,
  set,
} from './rules'
import {
  type Campaign,
  type CampaignRules,
  type CampaignStatus,
  type Email,
  keyOf,
  type MailboxRules,
  type Model,
  type Seen,
} from './state'

// What a person or the clock does to a campaign, by the same rules. False: it is refused, and nothing has changed.

const eligible = (m: Model, index: number): number[] => {
  const inBatches = campaignOf(m, index).batches.flatMap((batch) => m.batches.get(batch)?.leads ?? [])
  return [...new Set(inBatches)].sort((a, b) => a - b).filter((lead) => mayBeMailed(m, lead))
}

type State = Campaign & CampaignRules
function move(m: Model, index: number, from: CampaignStatus[], change: Partial<State>): boolean {
  const campaign = campaignIn(m, index, ...from)
  return Boolean(campaign && Object.assign(campaign, change))
}

export function schedule(m: Model, index: number, at: number): boolean {
  const may = m.campaigns.has(index) && at > m.now && eligible(m, index).length > 0
  return may && move(m, index, ['draft', 'scheduled'], { status: 'scheduled', startsAt: at })
}
export const takeBack = (m: Model, index: number) => move(m, index, ['scheduled'], { status: 'draft', startsAt: null })
export const pause = (m: Model, index: number) => move(m, index, ['running'], { status: 'paused' })

export function start(m: Model, index: number, seen: Seen): boolean {
  const campaign = campaignIn(m, index, 'draft', 'scheduled')
  if (!campaign) return false
  const leads = eligible(m, index)
  if (leads.length === 0 || !takeBatches(m, index)) return false
  plan(m, index, leads, seen)
  const [targeted, scheduled] = [leads.length, leads.length * campaign.days.length]
  return move(m, index, ['draft', 'scheduled'], { status: 'running', targeted, scheduled })
}

const UNSENT = { status: 'pending', reason: null, wait: null, tries: 0, claim: 0, arrived: 0 } as const
const NEVER = { sentAt: null, heldAt: null, endedAt: null, since: null, lease: null }

/**
 * Every step of every lead is planned, from one mailbox. When is taken over from what was seen, and must keep what a plan
 * promises: after the start, in the window, the days and 24 hours between the steps, and on no day more than the limits
 * admit, beside what other campaigns have planned.
 */
function plan(m: Model, index: number, leads: number[], seen: Seen): void {
  const { zone, days } = campaignOf(m, index)
  const mailboxes = shareOut(m, index, leads.length)
  const planned = leads.flatMap((lead, rank) =>
    days.map((gap, i) => {
      const place = { campaign: index, lead, step: i + 1, mailbox: mailboxes[rank] ?? 0 }
      return { gap, email: { ...UNSENT, ...NEVER, ...place, due: seen.emails.get(keyOf(place))?.due ?? 0 } }
    }),
  )
  for (const { gap, email } of planned) {
    const before = m.emails.get(keyOf({ ...email, step: email.step - 1 }))
    const isAfter = before
      ? email.due >= before.due + DAY * Math.min(1, gap) &&
        localDay(email.due, zone) >= nextLocalDay(before.due, zone, gap)
      : email.due >= m.now
    if (!isAfter || !isOpen(boxOf(m, email.mailbox).window, email.due))
      throw new Broken(`${keyOf(email)} is planned for ${new Date(email.due).toISOString()}`)
    m.emails.set(keyOf(email), email)
  }
  checkLimits(m, index)
}

function checkLimits(m: Model, index: number): void {
  const booked = new Map(m.reserved)
  for (const email of m.emails.values())
    if (
      email.status === 'pending' &&
      (email.campaign === index || campaignIn(m, email.campaign, 'running', 'paused', 'failed'))
    )
      for (const { day } of limitsOf(m, email, Math.max(email.due, m.now))) booked.set(day, (booked.get(day) ?? 0) + 1)
  for (const email of emailsOf(m, index))
    for (const { most, day } of limitsOf(m, email, email.due))
      if (most !== null && (booked.get(day) ?? 0) > most)
        throw new Broken(`${day}: ${booked.get(day)} planned, ${most} may leave`)
}

/** What a mailbox sends on a day: its limit, or what its window holds with its gap and half the jitter. */
function mostADay({ limit, gap, window }: MailboxRules & { limit: number | null }): number | null {
  const fitting = gap > 0 ? Math.floor(((window.to - window.from) * HOUR) / (gap * 1.5)) : null
  return fitting === null ? limit : Math.min(limit ?? fitting, fitting)
}

/** The mailbox of each lead, in proportion to that: whole parts first, then by the largest rest, then the older one. */
function shareOut(m: Model, index: number, leads: number): number[] {
  const { mailboxes } = campaignOf(m, index)
  const perDay = mailboxes.map((box) => mostADay(boxOf(m, box)))
  const weights = perDay.map((most) => most ?? Math.max(1, ...perDay.map((other) => other ?? 0)))
  const exact = weights.map((weight) => (leads * weight) / weights.reduce((sum, other) => sum + other))
  const rests = exact.map((part, i) => ({ i, rest: part % 1 })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  const whole = exact.reduce((sum, part) => sum + Math.floor(part), 0)
  const lucky = rests.slice(0, leads - whole).map(({ i }) => i)
  return mailboxes.flatMap((box, i) => Array<number>(Math.floor(exact[i] ?? 0) + (lucky.includes(i) ? 1 : 0)).fill(box))
}

export function resume(m: Model, index: number): boolean {
  if (!campaignIn(m, index, 'paused', 'failed') || !takeBatches(m, index)) return false
  move(m, index, ['paused', 'failed'], { status: 'running', resumedAt: m.now })
  shiftOverdue(m, index)
  end(m, [index])
  return true
}

export function stop(m: Model, index: number): boolean {
  if (!move(m, index, ['scheduled', 'running', 'paused', 'failed'], { status: 'completed' })) return false
  for (const email of emailsOf(m, index))
    if (email.status === 'pending') set(m, email, { status: 'cancelled', wait: null })
  releaseBatches(m, index)
  return true
}

export function retryFailed(m: Model, index: number): boolean {
  const campaign = m.campaigns.get(index)
  if (!campaign) return false
  // Those whose lead may not be emailed cannot work, and stay as they are.
  const failed = emailsOf(m, index).filter(({ status, lead }) => status === 'failed' && mayBeMailed(m, lead))
  if (failed.length === 0) return true
  const reopens = campaign.status === 'completed' || campaign.status === 'failed'
  if (reopens && !takeBatches(m, index)) return false
  for (const email of failed) {
    const due = Math.max(email.due, m.now)
    for (const later of emailsOf(m, index))
      if (later.lead === email.lead && later.step > email.step && later.reason === 'previous_step_not_delivered')
        set(m, later, { status: 'pending', reason: null, due: later.due + due - email.due })
    set(m, email, { status: 'pending', due, tries: 0, wait: null })
    campaign.failed--
  }
  if (!reopens) return true
  if (campaign.status === 'failed') campaign.resumedAt = m.now
  campaign.status = 'running'
  shiftOverdue(m, index)
  return true
}

export function resolveHeld(m: Model, index: number, choice: 'delivered' | 'again', before = Infinity): boolean {
  const campaign = m.campaigns.get(index)
  if (!campaign) return false
  const held = emailsOf(m, index).filter(({ status, heldAt }) => status === 'held' && (heldAt ?? 0) <= before)
  if (held.length === 0) return true
  if (choice === 'again' && campaign.status === 'completed') return false
  for (const email of held) {
    if (choice === 'delivered') recordSent(m, email)
    else {
      set(m, email, { status: 'pending', heldAt: null, reason: null })
      moveTo(m, email, Math.max(email.due, m.now))
    }
  }
  end(m, [index])
  return true
}

export function tick(m: Model, seen: Seen): void {
  const due = [...m.campaigns].filter(([, c]) => c.status === 'scheduled' && (c.startsAt ?? 0) <= m.now)
  for (const [index, campaign] of due.sort(([, a], [, b]) => (a.startsAt ?? 0) - (b.startsAt ?? 0)))
    if (!start(m, index, seen)) campaign.status = 'draft'
  for (const email of m.emails.values())
    if (email.status === 'sending' && (email.lease ?? 0) < m.real)
      set(m, email, { status: 'held', reason: 'lapsed', heldAt: m.now, lease: null })
  const before = m.now - m.settings.heldHours * 3_600_000
  for (const [index, { status }] of m.campaigns)
    resolveHeld(m, index, status === 'completed' ? 'delivered' : m.settings.heldChoice, before)
  for (const [index, { status }] of m.campaigns)
    if (status === 'running') shiftOverdue(m, index, { tolerance: DAY, clears: false })
  end(m, [...m.campaigns.keys()])
}

/** Moves each lead's remaining emails by how far its earliest one is overdue, if by more than `tolerance`. */
function shiftOverdue(m: Model, campaign: number, { tolerance = 0, clears = true } = {}): void {
  const pending = emailsOf(m, campaign).filter(({ status }) => status === 'pending')
  for (const lead of new Set(pending.map((email) => email.lead))) {
    const rest = pending.filter((email) => email.lead === lead)
    const shift = m.now - Math.min(...rest.map(({ due }) => due))
    if (shift <= tolerance) continue
    for (const email of rest) set(m, email, { due: email.due + shift, ...(clears ? { wait: null } : {}) })
  }
}

/** Takes the campaign's batches, all or none; answers whether it did. */
function takeBatches(m: Model, index: number): boolean {
  const campaign = campaignOf(m, index)
  const batches = campaign.batches.map((batch) => found(m.batches.get(batch), `batch ${batch}`))
  if (batches.some(({ holder }) => holder !== null && holder !== index)) return false
  for (const batch of batches) batch.holder = index
  campaign.open = [...campaign.batches]
  return true
}
function releaseBatches(m: Model, index: number): void {
  for (const batch of m.batches.values()) if (batch.holder === index) batch.holder = null
  campaignOf(m, index).open = []
}

/** Fails or completes the running ones among these campaigns where that is due. */
export function end(m: Model, indexes: readonly number[]): void {
  for (const index of indexes) {
    const campaign = campaignIn(m, index, 'running')
    if (!campaign) continue
    const emails = emailsOf(m, index)
    const isFailed = fails(campaign, emails)
    if (!isFailed && emails.some(isUnderWay)) continue
    campaign.status = isFailed ? 'failed' : 'completed'
    releaseBatches(m, index)
  }
}

/** More than half of more than ten emails failed, of those that are open or ended after the resume. */
function fails({ failed, resumedAt }: State, emails: readonly Email[]): boolean {
  const counted = emails.filter((e) => resumedAt === null || isUnderWay(e) || (e.endedAt ?? 0) > resumedAt)
  const bad = counted.filter((e) => e.status === 'failed' || e.reason === 'previous_step_not_delivered').length
  return failed > 0 && counted.length > 10 && bad / counted.length > 0.5
}
