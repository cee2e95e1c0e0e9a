import { isOut, put, wrote } from '../book'
import { dateAfter, daysLater, HOUR, startOf, timeOfDay } from '../calendar'
import type { MessageType } from '../messages'
import type { Did, Email, Mailbox, Message, MessageKind, Model } from '../state'
import { nextOpening } from '../window'
import { isFree } from './campaigns'
import {
  addressOf,
  COMPANY_REPLIED,
  domainOf,
  ENDS,
  endsAsWell,
  endsSequence,
  isForged,
  isReport,
  isUnsure,
  isValid,
  reasonOf,
} from './held-back'
import { LADDER, recordSent } from './outcomes'
import { skip } from './people'

// What is heard of emails, what that does, and what a person says that it is.

const KINDS: Record<Exclude<MessageType, 'copy'>, MessageKind> = {
  ...{ reply: 'human', stop: 'stop_request', maybe_stop: 'stop_request', receipt: 'automatic', by_hand: 'own' },
  ...{ away: 'out_of_office', away_until: 'out_of_office', bounce: 'bounce', complaint: 'complaint' },
}
/** Days that somebody is away who does not say until when. */
const AWAY_DAYS = 7
const nothing = (): Did => ({ status: null, skipped: [], deferred: new Map(), away: null, listed: [], bounced: null })

/** A mailbox is read, and what it got does what it does. `until`: the last day away. */
export type Heard = { type: MessageType; email: Email; box: Mailbox; from: string; until: string }
export function hear(m: Model, { type, email, box, from, until }: Heard): true {
  box.readAt = m.real
  if (type === 'copy') return prove(m, email, email.lead.email)
  const kind = KINDS[type]
  const message: Message = {
    kind,
    email,
    box,
    from,
    sure: type !== 'maybe_stop',
    corrected: false,
    at: m.now,
    company: null,
    did: nothing(),
  }
  m.messages.push(message)
  act(m, message)
  if (kind === 'out_of_office') putOff(m, message, type === 'away' ? null : until)
  return true
}

/** Whoever has a word about an email of unknown delivery has got it. */
function prove(m: Model, email: Email, to: string | null): true {
  if (email.status === 'held' || email.status === 'sending') recordSent(m, email, to)
  return true
}

/** What a message does as what it is. What a person has set stays, and so does the first reason of an entry of the list. */
function act(m: Model, message: Message): void {
  const { kind, email, from, did } = message
  const { lead } = email
  if (isForged(message)) return
  if (kind !== 'own') prove(m, email, null)
  giveStatus(m, message)
  if (endsSequence(message)) skipAll(m, message, reasonOf(message), (e) => e.lead === lead)
  const to = addressOf(email)
  for (const address of saysNo(message) ? (kind === 'stop_request' ? [to, lead.email, from] : [to]) : []) {
    if (kind === 'stop_request') for (const one of m.leads.values()) if (one.email === address) wrote(m, one)
    if (m.suppressed.has(address)) continue
    m.suppressed.set(address, 'message')
    did.listed.push(address)
  }
  if (kind === 'bounce') {
    did.bounced = m.now
    countBounce(m, email.box, m.now, 1)
  }
  if (kind !== 'human' || !email.campaign.stopCompany) return
  message.company = domainOf(lead)
  const isColleague = (e: Email) => e.lead !== lead && domainOf(e.lead) === message.company
  skipAll(m, message, COMPANY_REPLIED, (e) => e.campaign === email.campaign && isColleague(e))
}

function skipAll(m: Model, { did }: Message, reason: string, isOne: (email: Email) => boolean): void {
  const ended = m.emails.filter((email) => email.status === 'pending' && isOne(email))
  for (const email of ended) skip(m, email, reason)
  did.skipped.push(...ended)
}
/** It has addresses on the list. */
const saysNo = (message: Message) =>
  (message.kind === 'stop_request' || isReport(message)) && isValid(message) && !isUnsure(message)
const SAID = ['replied', 'interested', 'not_interested', 'converted', 'invalid', 'bounced']
const GIVES: Partial<Record<MessageKind, { to: string; old: readonly string[] }>> = {
  human: { to: 'replied', old: LADDER },
  bounce: { to: 'bounced', old: [...LADDER, 'replied'] },
  ...{ stop_request: { to: 'unsubscribed', old: [...LADDER, ...SAID] } },
  ...{ complaint: { to: 'unsubscribed', old: [...LADDER, ...SAID] } },
}
const givesStatus = (message: Message) => message.kind in GIVES && !isUnsure(message) && endsSequence(message)
function giveStatus(m: Model, message: Message): void {
  const { lead } = message.email
  const gives = GIVES[message.kind]
  if (!gives || !givesStatus(message) || !gives.old.includes(lead.status)) return
  message.did.status = { from: lead.status, to: gives.to }
  lead.status = gives.to
  wrote(m, lead)
}

function countBounce({ hours }: Model, box: Mailbox, at: number, by: 1 | -1): void {
  const key = `${box.number} ${Math.floor(at / HOUR) * HOUR}`
  const hour = hours.get(key) ?? { emails: 0, bounces: 0 }
  hours.set(key, { ...hour, bounces: Math.max(0, hour.bounces + by) })
}

const byCampaign = (emails: readonly Email[]) => Map.groupBy(emails, ({ campaign }) => campaign).values()

/** To who is away nothing leaves before the first opening after that: what each campaign has planned moves there, the gaps kept. */
function putOff(m: Model, { email, did }: Message, until: string | null): void {
  const { lead, box } = email
  const { zone } = box.window
  const back = until
    ? startOf(dateAfter(until, 1).day, zone)
    : daysLater(m.now, zone, AWAY_DAYS, timeOfDay(m.now, zone))
  const opening = nextOpening(box.window, back)
  did.away = { from: lead.awayUntil, to: Math.max(lead.awayUntil ?? 0, opening) }
  lead.awayUntil = did.away.to
  wrote(m, lead)
  for (const rest of byCampaign(m.emails.filter((e) => e.lead === lead && e.status === 'pending'))) {
    const shift = opening - Math.min(...rest.map(({ due }) => due))
    for (const one of shift > 0 ? rest : []) {
      did.deferred.set(one, one.due)
      put(m, one, { due: one.due + shift, wait: null })
    }
  }
}

export type Correction = 'reply' | 'stop_request' | 'nothing'
/** What a person may say that a message is: what it is not, or is not surely. Reports and our own words do nothing at the most. */
function isOffered({ kind, sure, corrected }: Message, to: Correction): boolean {
  if (kind === 'own' || kind === 'bounce' || kind === 'complaint') return to === 'nothing' && !corrected
  if (to === 'nothing') return kind !== 'automatic'
  return to === 'reply' ? kind !== 'human' : kind !== 'stop_request' || !sure
}

/**
 * A person says what a message is: what it did is taken back, and done what it does as that. An address comes off the list for a
 * reason alone. Refused, too, where a campaign that would go on cannot have its batches.
 */
export function correct(m: Model, message: Message, to: Correction, why: boolean): boolean {
  const { did } = message
  if (!isOffered(message, to) || (did.listed.length > 0 && to !== 'stop_request' && !why)) return false
  const heir = heirOf(m, message, endsSequence)
  const inherited = did.skipped.flatMap((skipped) => {
    const by = m.messages.findLast((other) => other !== message && endsAsWell(m, other, skipped))
    return by && skipped.status === 'skipped' ? [{ skipped, by }] : []
  })
  const left = did.skipped.filter((one) => !inherited.some(({ skipped }) => skipped === one))
  if (to === 'nothing' && !reopen(m, left)) return false
  message.did = nothing()
  takeBackAway(m, message, did)
  takeBackNo(m, message, did, to)
  takeBackStatus(m, message, did, heir)
  if (did.bounced !== null) countBounce(m, message.email.box, did.bounced, -1)
  for (const { skipped, by } of inherited) by.did.skipped.push(skipped)
  message.did.skipped = planAgain(m, left)
  const isOurs = message.kind === 'own' || isReport(message)
  message.kind = to === 'nothing' ? (isOurs ? message.kind : 'automatic') : to === 'reply' ? 'human' : to
  Object.assign(message, { corrected: true, sure: true, at: m.now, company: null })
  if (to !== 'nothing') act(m, message)
  return true
}

/** The last of the lead's other messages that says as much: what the first one did stands for it as well. */
const heirOf = (m: Model, message: Message, says: (other: Message) => boolean) =>
  m.messages.findLast((other) => other !== message && other.email.lead === message.email.lead && says(other))

/** Campaigns that ended for want of these emails run again; none that a person has stopped. */
function reopen(m: Model, skipped: readonly Email[]): boolean {
  const ended = skipped.filter((email) => email.status === 'skipped' && !isOut(email)).map(({ campaign }) => campaign)
  const over = [...new Set(ended)].filter(({ status, stopped }) => status === 'completed' && !stopped)
  const isTaken = over.some((c, i) => {
    if (!isFree(m, c)) return true
    over[i] = Object.assign(c, { status: 'running' })
    return false
  })
  for (const c of isTaken ? over : []) c.status = 'completed'
  return !isTaken
}

/** Emails are planned again, the gaps kept: each lead's in a campaign as much later as the first is overdue. Answers those that are not. */
function planAgain(m: Model, skipped: readonly Email[]): Email[] {
  const back = skipped.filter((e) => e.status === 'skipped' && e.campaign.status !== 'completed' && !isOut(e))
  for (const rest of [...byCampaign(back)].flatMap((own) => [...Map.groupBy(own, ({ lead }) => lead).values()])) {
    const shift = Math.max(0, m.now - Math.min(...rest.map(({ due }) => due)))
    // One that had failed before keeps the reason of that.
    for (const one of rest)
      put(m, one, { status: 'pending', due: one.due + shift, wait: null, reason: unlessSaid(one) })
  }
  return skipped.filter((email) => !back.includes(email))
}
const SAID_REASONS = [...Object.values(ENDS), 'asks_to_stop', 'suppressed', COMPANY_REPLIED]
const unlessSaid = ({ reason }: Email) => (reason && SAID_REASONS.includes(reason) ? null : reason)

/** The lead is away as before, and what was put off comes back, unless another message says that it is away. */
function takeBackAway(m: Model, message: Message, { away, deferred }: Did): void {
  if (!away) return
  const { lead } = message.email
  const heir = heirOf(m, message, ({ kind }) => kind === 'out_of_office')
  if (heir) {
    heir.did.away = { from: away.from, to: heir.did.away?.to ?? away.to }
    heir.did.deferred = new Map([...heir.did.deferred, ...deferred])
    return
  }
  if (lead.awayUntil === away.to) {
    lead.awayUntil = away.from
    wrote(m, lead)
  }
  for (const rest of byCampaign([...deferred.keys()].filter(({ status }) => status === 'pending'))) {
    const before = (email: Email) => deferred.get(email) ?? email.due
    const shift = Math.max(0, m.now - Math.min(...rest.map(before)))
    for (const one of rest) if (one.due > before(one) + shift) put(m, one, { due: before(one) + shift, wait: null })
  }
}

/** Addresses come off the list, unless another message of the lead, or somebody else, has put them there as well. */
function takeBackNo(m: Model, message: Message, { listed }: Did, to: Correction): void {
  const heir = to === 'stop_request' ? message : heirOf(m, message, saysNo)
  if (heir) return void heir.did.listed.push(...listed)
  for (const address of listed) if (m.suppressed.get(address) === 'message') m.suppressed.delete(address)
}

/** The lead is what it was before, and what others say of it; what was said since goes before. */
function takeBackStatus(m: Model, { email: { lead } }: Message, { status }: Did, heir: Message | undefined): void {
  if (!status) return
  if (lead.status !== status.to) {
    const next = m.messages.find(({ email, did }) => email.lead === lead && did.status?.from === status.to)
    if (next?.did.status) next.did.status.from = status.from
  } else if (heir && !givesStatus(heir)) {
    heir.did.status = status
  } else if (status.to !== 'unsubscribed' || !m.suppressed.has(lead.email)) {
    lead.status = status.from
    wrote(m, lead)
    if (heir) giveStatus(m, heir)
  }
}
