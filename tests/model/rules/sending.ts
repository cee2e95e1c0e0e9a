import { Broken, isUnderWay, limitsOf, put, reservedOn, stepBefore } from '../book'
import { DAY, MINUTE } from '../calendar'
import type { Campaign, Email, Lead, Mailbox, Model } from '../state'
import { nextDayOpening, nextOpening } from '../window'

// May an email leave now?

const SILENT = ['not_interested', 'converted', 'invalid', 'unsubscribed', 'bounced']
const REPLIED = ['replied', 'interested']
/** Why a lead's status ends its sequences; null when it does not. */
export const endOf = (status: string) =>
  SILENT.includes(status) ? 'lead_unmailable' : REPLIED.includes(status) ? 'lead_replied' : null
export const mayBeMailed = (m: Model, { status, email }: Lead) => !endOf(status) && !m.suppressed.has(email)

/** When a lead got its last email, or may have: what is on the wire or held for another campaign counts. */
export function contactOf(m: Model, lead: Lead, campaign?: Campaign): number {
  const mayHave = (e: Email) => campaign && e.campaign !== campaign && (e.status === 'sending' || e.status === 'held')
  const times = m.emails.map((e) => (e.lead === lead ? (e.sentAt ?? (mayHave(e) ? e.since : null)) : null) ?? 0)
  return Math.max(lead.contactedAt ?? 0, ...times)
}

export type Decision = { kind: 'send' | 'wait' | 'skip' | 'defer'; reason: string; until?: number | null }
const wait = (reason: string): Decision => ({ kind: 'wait', reason })
const skipped = (reason: string): Decision => ({ kind: 'skip', reason })
const defer = (reason: string, until: number | null): Decision => ({ kind: 'defer', reason, until })

/** The first gate that is closed decides. */
export function decide(m: Model, email: Email): Decision {
  const { box, lead, campaign, due } = email
  const [before, end, free] = [stepBefore(m, email), endOf(lead.status), contactOf(m, lead, campaign) + DAY]
  const opening = nextOpening(box.window, m.now)
  const full = limitsOf(email, m.now).find(({ most, day }) => most !== null && reservedOn(m, day) >= most)
  const gates = [
    campaign.status !== 'running' && wait('campaign_not_running'),
    end && skipped(end),
    m.suppressed.has(lead.email) && skipped('suppressed'),
    before && isUnderWay(before) && wait('previous_step_open'),
    before && before.status !== 'sent' && skipped('previous_step_not_delivered'),
    m.now < due && wait('not_due'),
    m.now < free && defer('contacted_recently', free),
    m.now < (lead.awayUntil ?? 0) && defer('lead_away', nextOpening(box.window, lead.awayUntil ?? 0)),
    m.now < opening && defer('window_closed', opening),
    !m.settings.address && wait('no_postal_address'),
    box.health === 'stopped' && wait('mailbox_stopped'),
    m.now < (box.coolUntil ?? 0) && defer('mailbox_cooling_down', box.coolUntil),
    email.step > 1 && isUnread(m, box) && defer('answers_not_read', m.now + 5 * MINUTE),
    full && defer(`${full.of}_limit`, nextDayOpening(box.window, m.now, full.zone)),
    m.now < (box.nextAt ?? 0) && defer('pace', box.nextAt),
  ]
  return gates.find((gate) => gate) || { kind: 'send', reason: '' }
}
/** A job waits for the end of a gap that is so near, and goes on then; the model's clock stands still meanwhile. */
const NEAR = 40_000
/** A job may begin: no gate of the mailbox is closed to all of its emails, or only a gap that is over soon. */
export const canSend = ({ now }: Model, { health, coolUntil, nextAt }: Mailbox) =>
  health !== 'stopped' && now >= (coolUntil ?? 0) && now + NEAR >= (nextAt ?? 0)

/** Answers are read before a follow-up leaves: not longer ago than this. */
const FRESH = 15 * MINUTE
const isUnread = (m: Model, { reads, readAt }: Mailbox) => reads && (readAt === null || m.real - readAt >= FRESH)

const LEASE = 180_000
/** An email goes on the wire: it counts against the limits, and the mailbox keeps its gap, by chance up to twice as long. */
export function claim(m: Model, email: Email): void {
  const { box, lead } = email
  if (m.now < (box.nextAt ?? 0)) throw new Broken(`Mailbox ${box.number} sent again within its gap`)
  if (box.gap > 0) box.nextAt = m.now + box.gap * (1 + m.chance)
  put(m, email, { status: 'sending', claim: email.claim + 1, since: m.now, lease: m.real + LEASE, wait: null })
  const days = limitsOf(email, m.now).map(({ day }) => day)
  m.claims.push({ email, token: email.claim, to: lead.email, days, counts: true })
}
