import { localDay, nextDayOpening, nextOpening } from './plan'
import { type CampaignStatus, type Email, endReasonOf, keyOf, type Model } from './state'
import type { Answer } from './wire'

// A plain copy of the rules, one email at a time, written from what is promised and not from how it is done.
const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const LEASE = 180_000
const LADDER = ['new', 'contacted', 'follow_up_1', 'follow_up_2']

export type Verdict = Answer | 'lost_before'
/** Emails that one worker has on the wire at once, with what the server says to each. */
export type Batch = {
  mailbox: number
  /** What its job has looked at by then. */
  campaigns: number[]
  /** The days against whose limits they count. */
  days: Map<string, string[]>
  emails: { key: string; claim: number; verdict: Verdict }[]
  /** The mailbox as the worker read it. */
  read: { health: string; failures: number; saves: number }
}

export class Broken extends Error {}
export const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Broken(`The model has no ${what}`)
  return value
}
export const campaignOf = (m: Model, index: number) => found(m.campaigns.get(index), `campaign ${index}`)
export const boxOf = (m: Model, index: number) => found(m.mailboxes[index], `mailbox ${index}`)
export const leadOf = (m: Model, index: number) => found(m.leads.get(index), `lead ${index}`)
/** The campaign, if it is there and in one of these states. */
export function campaignIn(m: Model, index: number, ...statuses: CampaignStatus[]) {
  const campaign = m.campaigns.get(index)
  return campaign && statuses.includes(campaign.status) ? campaign : undefined
}
export const emailsOf = (m: Model, campaign: number) => [...m.emails.values()].filter((e) => e.campaign === campaign)
const laterOf = (m: Model, { campaign, lead, step }: Email) =>
  emailsOf(m, campaign).filter((e) => e.lead === lead && e.step > step)
export const isUnderWay = ({ status }: Email) => status === 'pending' || status === 'sending' || status === 'held'
export const mayBeMailed = (m: Model, lead: number) =>
  !endReasonOf(leadOf(m, lead).status) && !m.suppressed.has(leadOf(m, lead).email)
const count = (counts: Map<string, number>, key: string, by: number) =>
  counts.set(key, Math.max(0, (counts.get(key) ?? 0) + by))

/** The two daily limits that an email counts against at a time: its mailbox's, then its campaign's. */
export function limitsOf(m: Model, { mailbox, campaign }: Pick<Email, 'mailbox' | 'campaign'>, at: number) {
  const [box, own] = [boxOf(m, mailbox), campaignOf(m, campaign)]
  return [
    { of: 'mailbox', most: box.limit, zone: box.window.zone, day: `m${mailbox} ${localDay(at, box.window.zone)}` },
    { of: 'campaign', most: own.limit, zone: own.zone, day: `c${campaign} ${localDay(at, own.zone)}` },
  ] as const
}
/** The pending emails of a mailbox whose time has come. */
export const dueOf = (m: Model, mailbox: number) =>
  [...m.emails.values()].filter((e) => e.mailbox === mailbox && e.status === 'pending' && e.due <= m.now)

export function set(m: Model, email: Email, change: Partial<Email>): void {
  Object.assign(email, change)
  if (change.status) email.endedAt = isUnderWay(email) ? null : m.now
}

/** Moves a pending email to a later time, and the lead's later steps by as much. */
export function moveTo(m: Model, email: Email, due: number): void {
  const shift = due - email.due
  set(m, email, { due })
  for (const later of laterOf(m, email)) if (later.status === 'pending') set(m, later, { due: later.due + shift })
}

/** Skips an email; one that has failed before keeps the reason of that. */
export function skip(m: Model, email: Email, reason: string): void {
  set(m, email, { status: 'skipped', reason: email.reason ?? reason, wait: null })
}
/** What is still planned for a lead, in all campaigns, is skipped. */
export function silence(m: Model, lead: number, reason: string): void {
  for (const email of m.emails.values()) if (email.lead === lead && email.status === 'pending') skip(m, email, reason)
}

export type Decision =
  | { kind: 'send' | 'wait' }
  | { kind: 'skip'; reason: string }
  | { kind: 'defer'; reason: string; until: number }
const defer = (reason: string, until: number): Decision => ({ kind: 'defer', reason, until })

/** When the lead got its last email, or may have: what is on the wire or held for another campaign counts. */
function contactOf(m: Model, { lead, campaign }: Email): number {
  const others = [...m.emails.values()].filter((e) => e.lead === lead && e.campaign !== campaign)
  const mayHave = others.filter(({ status }) => status === 'sending' || status === 'held')
  return Math.max(leadOf(m, lead).contactedAt ?? 0, ...mayHave.map(({ since }) => since ?? 0))
}

/** May this pending email leave now? The gates in their order. */
export function decide(m: Model, email: Email): Decision {
  const box = boxOf(m, email.mailbox)
  if (campaignOf(m, email.campaign).status !== 'running' || email.due > m.now) return { kind: 'wait' }
  const previous = m.emails.get(keyOf({ ...email, step: email.step - 1 }))
  if (previous && isUnderWay(previous)) return { kind: 'wait' }
  const ended = endReasonOf(leadOf(m, email.lead).status)
  if (ended) return { kind: 'skip', reason: ended }
  if (!mayBeMailed(m, email.lead)) return { kind: 'skip', reason: 'suppressed' }
  if (previous && previous.status !== 'sent') return { kind: 'skip', reason: 'previous_step_not_delivered' }
  const free = contactOf(m, email) + DAY
  if (m.now < free) return defer('contacted_recently', free)
  const opening = nextOpening(box.window, m.now)
  if (m.now < opening) return defer('window_closed', opening)
  if (!canSend(m, email.mailbox)) return { kind: 'wait' }
  return decideByLimits(m, email)
}

/** A limit that is used up puts an email off; while some of what counts against it is on the wire, it may get a place back. */
function decideByLimits(m: Model, email: Email): Decision {
  const limits = limitsOf(m, email, m.now)
  const full = limits.find(({ most, day }) => most !== null && (m.reserved.get(day) ?? 0) >= most)
  if (!full) return { kind: 'send' }
  const isOpen = [...m.emails.values()].some((e) => e.status === 'sending' && e[full.of] === email[full.of])
  if (isOpen) return { kind: 'wait' }
  return defer(`${full.of}_limit`, nextDayOpening(boxOf(m, email.mailbox).window, m.now, full.zone))
}

export function canSend(m: Model, mailbox: number): boolean {
  const { health, coolUntil } = boxOf(m, mailbox)
  return health !== 'stopped' && !(health === 'cooling_down' && coolUntil !== null && m.now < coolUntil)
}

export function hasGapPassed(m: Model, mailbox: number): boolean {
  const { nextAt } = boxOf(m, mailbox)
  return nextAt === null || nextAt <= m.now
}

/** An email goes on the wire: the limits are reserved, and the mailbox keeps its gap. */
export function claim(m: Model, email: Email): void {
  const box = boxOf(m, email.mailbox)
  if (!hasGapPassed(m, email.mailbox)) throw new Broken(`${keyOf(email)} was sent within the gap of its mailbox`)
  if (box.gap > 0) box.nextAt = m.now + box.gap * (1 + m.chance)
  for (const { day } of limitsOf(m, email, m.now)) count(m.reserved, day, 1)
  const [claim, lease] = [email.claim + 1, m.real + LEASE]
  const to = m.wentTo.get(keyOf(email)) ?? new Set()
  m.wentTo.set(keyOf(email), to.add(leadOf(m, email.lead).email))
  set(m, email, { status: 'sending', claim, since: m.now, lease, wait: null })
}

/** The results of a batch, each for the email that is still this claim's. */
export function record(m: Model, batch: Batch): void {
  for (const { key, claim, verdict } of batch.emails) {
    const email = m.emails.get(key)
    if (!email || email.claim !== claim) continue
    const mine = email.status === 'sending' || email.status === 'held'
    if (mine || (verdict === 'accept' && ['pending', 'skipped', 'cancelled'].includes(email.status))) {
      recordOne(m, email, verdict, batch.days.get(key) ?? [])
    }
  }
}

export const failsMailbox = ({ emails }: Batch) =>
  emails.some(({ verdict }) => verdict === 'slow_down' || verdict === 'lost_before')

/** What the results of a batch mean for its campaigns and its mailbox. */
export function conclude(m: Model, batch: Batch): void {
  const box = boxOf(m, batch.mailbox)
  countRefusals(m, batch)
  const { health, failures, saves } = batch.read
  if (box.saves !== saves) return
  if (failsMailbox(batch)) {
    const wait = Math.min(HOUR, MINUTE * 2 ** failures)
    Object.assign(box, { health: 'cooling_down', coolUntil: m.now + wait, failures: failures + 1 })
  } else if (batch.emails.some(({ verdict }) => verdict === 'accept')) {
    if (box.health !== health || box.failures !== failures) return
    Object.assign(box, { health: 'ready', coolUntil: null, failures: 0 })
    Object.assign(batch.read, { health: 'ready', failures: 0 })
  }
}

function recordOne(m: Model, email: Email, verdict: Verdict, days: readonly string[]): void {
  set(m, email, { lease: null, sentAt: null, heldAt: null, wait: null })
  if (verdict === 'accept') recordSent(m, email)
  else if (verdict === 'lost') set(m, email, { status: 'held', reason: verdict, heldAt: m.now })
  else recordUndelivered(m, email, verdict, days)
}

function recordUndelivered(m: Model, email: Email, verdict: Verdict, days: readonly string[]): void {
  const campaign = campaignOf(m, email.campaign)
  for (const day of days) count(m.reserved, day, -1)
  const isRefused = verdict === 'refuse' || verdict === 'unknown'
  if (isRefused || verdict === 'later') email.tries++
  const isFinal = isRefused || (verdict === 'later' && email.tries >= m.settings.maxAttempts)
  if (isFinal) {
    set(m, email, { status: 'failed', reason: verdict })
    campaign.failed++
    for (const later of laterOf(m, email))
      if (later.status === 'pending') set(m, later, { status: 'skipped', reason: 'previous_step_not_delivered' })
    if (verdict !== 'unknown') return
    const lead = leadOf(m, email.lead)
    if (LADDER.includes(lead.status)) lead.status = 'invalid'
    m.suppressed.add(lead.email)
    countHour(m, email.mailbox, { bounces: 1 })
    return
  }
  set(m, email, { status: 'pending', wait: verdict })
  // By chance within a tenth, so that what failed together comes apart.
  const wait = HOUR * 2 ** (email.tries - 1) * (0.9 + 0.2 * m.chance)
  moveTo(m, email, m.now + (verdict === 'later' ? Math.round(wait) : 15 * MINUTE))
  // A stopped campaign plans nothing.
  if (campaign.status === 'completed') set(m, email, { status: 'cancelled' })
}

function countHour(m: Model, mailbox: number, { bounces }: { bounces: number }): void {
  const key = `${mailbox} ${Math.floor(m.now / HOUR) * HOUR}`
  const hour = m.hours.get(key) ?? { emails: 0, bounces: 0 }
  m.hours.set(key, { emails: hour.emails + 1, bounces: hour.bounces + bounces })
}

/** An email has left, or counts as if it had. */
export function recordSent(m: Model, email: Email): void {
  const [lead, campaign] = [leadOf(m, email.lead), campaignOf(m, email.campaign)]
  const sentAt = email.since ?? m.now
  set(m, email, { status: 'sent', sentAt, heldAt: null, wait: null, reason: null })
  lead.emailsSent++
  lead.contactedAt = Math.max(lead.contactedAt ?? 0, sentAt)
  const rung = LADDER.indexOf(lead.status)
  if (rung >= 0) lead.status = LADDER[Math.max(rung, Math.min(3, email.step))] ?? lead.status
  campaign.sent++
  campaign.step = Math.max(campaign.step, email.step)
  countHour(m, email.mailbox, { bounces: 0 })
}

/** Three different emails in a row that are refused for their content pause their campaign. */
function countRefusals(m: Model, { emails }: Batch): void {
  for (const accepted of [true, false]) {
    for (const { key, verdict } of emails) {
      const campaign = m.campaigns.get(Number(key.split('/')[0]))
      if (!campaign) continue
      if (accepted && verdict === 'accept') campaign.refused = []
      if (accepted || verdict !== 'content') continue
      campaign.refused = [...campaign.refused.filter((other) => other !== key), key]
      if (campaign.refused.length < 3) continue
      campaign.refused = []
      if (campaign.status === 'running') campaign.status = 'paused'
    }
  }
}
