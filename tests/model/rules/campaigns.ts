import { emailsOf, isOut, isUnderWay, put } from '../book'
import { DAY, HOUR, localDay } from '../calendar'
import type { Campaign, CampaignStatus, Email, Growth, Mailbox, Model } from '../state'
import { isHeldBack, skipIfEnded } from './held-back'
import { moveTo, NOT_DELIVERED, recordSent, reopenAfter } from './outcomes'
import { plan } from './planning'
import { mayBeMailed } from './sending'

// What people and the clock do to campaigns. False: it is refused, and nothing has changed.

const needsSender = ({ status }: Campaign) => status === 'scheduled' || holds({ status })
/** A campaign holds its batches while it runs or is paused: no other can have them. */
export const holds = ({ status }: Pick<Campaign, 'status'>) => status === 'running' || status === 'paused'
export const isFree = (m: Model, c: Campaign, batches = c.batches) =>
  ![...m.campaigns.values()].some((o) => o !== c && holds(o) && o.batches.some((batch) => batches.includes(batch)))
const eligible = (m: Model, { batches }: Campaign) =>
  [...m.leads.values()].filter((lead) => mayBeMailed(m, lead) && batches.some((b) => m.batches.get(b)?.has(lead)))
const isReady = (m: Model, c: Campaign) => m.settings.address && eligible(m, c).length > 0
const hasSender = (m: Model, c: Campaign) => m.settings.address || emailsOf(m, c, 'pending').length === 0

type Move = {
  from: readonly CampaignStatus[]
  to: CampaignStatus
  may?(m: Model, c: Campaign): boolean
  after?(m: Model, c: Campaign): void
}
const MOVES = {
  schedule: { from: ['draft', 'scheduled'], to: 'scheduled', may: isReady },
  takeBack: { from: ['scheduled'], to: 'draft' },
  start: {
    from: ['draft', 'scheduled'],
    to: 'running',
    may: (m, c) => isReady(m, c) && isFree(m, c),
    after: (m, c) => plan(m, c, eligible(m, c)),
  },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running', may: (m, c) => hasSender(m, c) && isFree(m, c), after: goOn },
  stop: { from: ['scheduled', 'running', 'paused', 'failed'], to: 'completed', after: cancel },
  fail: { from: ['running'], to: 'failed', may: hasFailed },
  complete: { from: ['running'], to: 'completed', may: (m, c) => !emailsOf(m, c).some(isUnderWay) },
  reopen: { from: ['completed'], to: 'running', after: (m, c) => shiftOverdue(m, c, 0) },
} satisfies Record<string, Move>
export type Verb = keyof typeof MOVES

export function act(verb: Verb, m: Model, c: Campaign): boolean {
  const { from, to, may, after }: Move = MOVES[verb]
  if (!from.includes(c.status) || may?.(m, c) === false) return false
  Object.assign(c, { status: to, stopped: verb === 'stop' })
  after?.(m, c)
  return true
}

export const schedule = (m: Model, c: Campaign, startsAt: number | null) =>
  (startsAt ?? Infinity) > m.now &&
  act(startsAt ? 'schedule' : 'takeBack', m, c) &&
  Boolean(Object.assign(c, { startsAt }))
function cancel(m: Model, c: Campaign): void {
  for (const email of emailsOf(m, c, 'pending')) put(m, email, { status: 'cancelled' })
}
function goOn(m: Model, c: Campaign): void {
  c.resumedAt = m.now
  shiftOverdue(m, c, 0)
  end(m, c)
}
/** Each lead's remaining emails move together, by how far the earliest is overdue, if by more than `most`. */
function shiftOverdue(m: Model, c: Campaign, most: number): void {
  for (const rest of Map.groupBy(emailsOf(m, c, 'pending'), ({ lead }) => lead).values()) {
    const shift = m.now - Math.min(...rest.map(({ due }) => due))
    for (const email of shift > most ? rest : [])
      put(m, email, { due: email.due + shift, wait: most ? email.wait : null })
  }
}
/** More than half of more than ten emails failed or could not follow; after a resume, of those that were open then. */
function hasFailed(m: Model, c: Campaign): boolean {
  const counted = emailsOf(m, c).filter((e) => isUnderWay(e) || (e.endedAt ?? 0) > (c.resumedAt ?? 0))
  const bad = counted.filter((e) => e.status === 'failed' || e.reason === NOT_DELIVERED).length
  return emailsOf(m, c, 'failed').length > 0 && counted.length > 10 && bad > counted.length / 2
}
export const end = (m: Model, c: Campaign) => act('fail', m, c) || act('complete', m, c)

/** Those whose lead may not be emailed, was answered since, or was taken out, cannot work, and stay as they are. */
export function retryFailed(m: Model, c: Campaign): boolean {
  const failed = emailsOf(m, c, 'failed').filter(
    (email) => mayBeMailed(m, email.lead) && !isHeldBack(m, email) && !isOut(email),
  )
  if (failed.length > 0 && !(m.settings.address && isFree(m, c))) return false
  for (const email of failed) {
    reopenAfter(m, email, 'pending')
    again(m, email, { tries: 0, wait: null })
  }
  if (failed.length > 0 && c.status !== 'paused') act(c.status === 'failed' ? 'resume' : 'reopen', m, c)
  return true
}
function again(m: Model, email: Email, change: Partial<Email>): void {
  put(m, email, { status: 'pending', ...change })
  moveTo(m, email, Math.max(email.due, m.now))
  if (isOut(email)) put(m, email, { status: 'cancelled' })
}

/** By a person; by the setting those that were held at the latest at `before`. */
export function resolveHeld(m: Model, c: Campaign, choice: 'delivered' | 'again', before?: number): boolean {
  const held = emailsOf(m, c, 'held').filter(({ heldAt }) => (heldAt ?? 0) <= (before ?? m.now))
  if (held.length > 0 && choice === 'again' && c.status === 'completed') return false
  for (const email of held) {
    if (choice === 'delivered') recordSent(m, email, email.lead.email)
    else again(m, email, { reason: null })
    if (choice === 'again') skipIfEnded(m, email, { despiteOurs: before === undefined })
  }
  if (held.length > 0) end(m, c)
  return true
}

/** The postal address cannot go while a campaign needs it. */
export function saveAddress(m: Model, address: boolean): boolean {
  const may = address || ![...m.campaigns.values()].some(needsSender)
  return may && Boolean(Object.assign(m.settings, { address, saves: m.settings.saves + 1 }))
}
/**
 * With what is saved a mailbox begins anew. One that begins with fewer emails grows to a limit, from today on, or on from its first
 * day; without a word about that it stays as it was.
 */
export function saveMailbox(m: Model, box: Mailbox, limit: number | null, growth?: Growth | null): boolean {
  if (growth && growth.start > (limit ?? 0)) return false
  const from = growth?.from ?? box.ramp?.from ?? localDay(m.now, box.window.zone)
  const ramp = growth === undefined ? box.ramp : growth && { ...growth, from }
  Object.assign(box, { limit, ramp, health: 'ready', coolUntil: null, failures: 0, saves: box.saves + 1 })
  return true
}

/** Starts that are due, leases that are over, held emails past their time, emails overdue by more than a day, ends. */
export function tick(m: Model): void {
  const campaigns = [...m.campaigns.values()]
  const due = campaigns.filter((c) => c.status === 'scheduled' && (c.startsAt ?? 0) <= m.now)
  for (const c of due.sort((a, b) => (a.startsAt ?? 0) - (b.startsAt ?? 0))) if (!act('start', m, c)) c.status = 'draft'
  for (const email of m.emails)
    if (email.status === 'sending' && (email.lease ?? 0) < m.real)
      put(m, email, { status: 'held', reason: 'lapsed', heldAt: m.now })
  const { heldHours, heldChoice } = m.settings
  for (const c of campaigns)
    resolveHeld(m, c, c.status === 'completed' ? 'delivered' : heldChoice, m.now - heldHours * HOUR)
  for (const c of campaigns) if (c.status === 'running') shiftOverdue(m, c, DAY)
  for (const c of campaigns) end(m, c)
}
