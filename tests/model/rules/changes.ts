import { emailsOf, put, UNSENT } from '../book'
import { DAY, daysLater, timeOfDay } from '../calendar'
import type { Campaign, Email, Lead, Mailbox, Model } from '../state'
import { nextOpening } from '../window'
import { end, holds, isFree } from './campaigns'
import { COMPANY_REPLIED, isHeldBack } from './held-back'
import { plan } from './planning'
import { mayBeMailed } from './sending'

// What of a campaign may change while it runs or is paused. What was sent, is on the wire or held stays.

/** Days between the steps: other waits, and more steps at the end. */
export function changeSteps(m: Model, c: Campaign, days: readonly number[]): boolean {
  if (!holds(c) || days.length < c.days.length || days.join() === c.days.join()) return false
  const before = c.days
  c.days = days
  for (const [lead, own] of Map.groupBy(emailsOf(m, c), (email) => email.lead)) follow(m, c, { lead, own, before })
  return finish(m, c)
}

/** Nothing more is planned for a lead that may not be mailed, or of whom somebody has heard since. */
const hasEnded = (m: Model, own: readonly Email[], lead: Lead) =>
  !mayBeMailed(m, lead) || own.some((email) => isHeldBack(m, email) || hasEndedForCompany(email))

const hasEndedForCompany = ({ status, reason, campaign }: Email) =>
  status === 'skipped' && reason === COMPANY_REPLIED && campaign.stopCompany

/** A lead's emails by the new days: those that are planned move, the gaps kept; what it has not got yet is added. */
function follow(
  m: Model,
  c: Campaign,
  { lead, own, before }: Record<'own', Email[]> & { lead: Lead; before: readonly number[] },
) {
  const box = own[0]?.box ?? c.boxes[0]
  if (!box) return
  const { zone } = box.window
  const later = (at: number, days: number) => daysLater(at, zone, days, timeOfDay(at, zone))
  const isOver = own.some(({ status }) => ['failed', 'skipped', 'cancelled'].includes(status))
  const goesOn = !hasEnded(m, own, lead) && !c.out.has(lead) && !isOver
  const last = Math.max(...own.map(({ step }) => step))
  let [longer, late, previous] = [0, 0, 0]
  const leave = (ideal: number) => {
    const due = nextOpening(box.window, Math.max(ideal, m.now, previous + DAY))
    late += due - ideal
    return due
  }
  for (const [i, days] of c.days.entries()) {
    const email = own.find(({ step }) => step === i + 1)
    if (email?.status === 'pending') {
      longer += days - (before[i] ?? days)
      const due = longer === 0 && late === 0 ? email.due : leave(later(email.due, longer) + late)
      if (due !== email.due) put(m, email, { due, wait: null })
      previous = due
    } else if (email) previous = ['sent', 'sending', 'held'].includes(email.status) ? (email.since ?? 0) : email.due
    else if (goesOn && i + 1 > last) {
      longer += days
      const due = leave(later(previous, days))
      m.emails.push({ ...UNSENT, campaign: c, lead, step: i + 1, box, due, plannedAt: m.now })
      previous = due
    }
  }
}

/** What is planned for a lead is cancelled. */
export function takeOut(m: Model, c: Campaign, lead: Lead): boolean {
  const own = emailsOf(m, c).filter((email) => email.lead === lead)
  if (!holds(c) || own.length === 0 || c.out.has(lead)) return false
  c.out.set(lead, m.now)
  for (const email of own) if (email.status === 'pending') put(m, email, { status: 'cancelled', wait: null })
  return finish(m, c)
}

/** What was cancelled for that is planned again, as much later as the first is overdue; whose sequence has ended stays out. */
export function putBack(m: Model, c: Campaign, lead: Lead): boolean {
  const all = emailsOf(m, c).filter((email) => email.lead === lead)
  if (!holds(c) || !c.out.has(lead) || hasEnded(m, all, lead)) return false
  const since = c.out.get(lead) ?? 0
  c.out.delete(lead)
  const own = all.filter(({ status, endedAt }) => status === 'cancelled' && (endedAt ?? 0) >= since)
  const late = Math.max(0, m.now - Math.min(...own.map(({ due }) => due)))
  for (const email of own) put(m, email, { status: 'pending', due: email.due + late, wait: null })
  return finish(m, c)
}

/** The leads of a batch, of its own as well, but for those that the campaign has or may not email, are planned from now on. */
export function addBatch(m: Model, c: Campaign, batch: number): boolean {
  const members = m.batches.get(batch)
  const isOwn = c.batches.includes(batch)
  if (!holds(c) || !members || (!isOwn && !isFree(m, c, [batch]))) return false
  const known = new Set(emailsOf(m, c).map(({ lead }) => lead))
  const joined = [...m.leads.values()].filter(
    (lead) => members.has(lead) && mayBeMailed(m, lead) && !known.has(lead) && !c.out.has(lead),
  )
  if (isOwn && joined.length === 0) return false
  if (!isOwn) c.batches = [...c.batches, batch]
  plan(m, c, joined)
  return finish(m, c)
}

/** One more mailbox sends to leads that come from now on; who was planned for stays with theirs. */
export function addMailbox(m: Model, c: Campaign, box: Mailbox): boolean {
  if (!holds(c) || c.boxes.includes(box) || !m.settings.address) return false
  c.boxes = [...c.boxes, box].sort((a, b) => a.number - b.number)
  return finish(m, c)
}

function finish(m: Model, c: Campaign): true {
  end(m, c)
  return true
}
