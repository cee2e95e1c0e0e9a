import { isOut, put, stepsAfter, wrote } from '../book'
import { DAY, HOUR, MINUTE } from '../calendar'
import type { Batch, Email, Judged, Mailbox, Meaning, Memory, Model, Verdict } from '../state'
import { nextDayOpening } from '../window'
import { skipIfEnded } from './held-back'

// What does the answer of a server mean for the email, its lead, its campaign and its mailbox?

/** For the email; the last four for the mailbox, and the email goes back untouched. */
export const MEANINGS: Record<Verdict, Meaning> = {
  ...{ accept: 'sent', lost: 'held', refuse: 'failed', unknown: 'failed', alike: 'failed', later: 'retry' },
  ...{
    content: 'failed',
    too_big: 'failed',
    full: 'retry',
    slow_down: 'cool_down',
    lost_before: 'cool_down',
    quota: 'next_day',
    denied: 'stop',
  },
}
export const isTrouble = ({ means }: Judged) => means === 'stop' || means === 'cool_down' || means === 'next_day'
export const isSent = ({ means }: Judged) => means === 'sent'
export const NOT_DELIVERED = 'previous_step_not_delivered'
/** Statuses that follow the emails. */
export const LADDER = ['new', 'contacted', 'follow_up_1', 'follow_up_2']

/** Each result is for the email that is still this claim's, or that had left although it was taken for lost. */
export function record(m: Model, { emails }: Batch): void {
  for (const { email, token, verdict, means, reason } of emails) {
    const isIts = email.status === 'sending' || email.status === 'held'
    const hadLeft = means === 'sent' && ['pending', 'skipped', 'cancelled'].includes(email.status)
    if (email.claim !== token || !m.emails.includes(email) || !(isIts || hadLeft)) continue
    if (means === 'failed' || means === 'retry') email.tries++
    const to = m.claims.find((claim) => claim.email === email && claim.token === token)?.to ?? null
    if (means === 'sent') recordSent(m, email, to)
    else if (means === 'held') put(m, email, { status: 'held', reason, heldAt: m.now })
    else if (means === 'failed' || (means === 'retry' && email.tries >= m.settings.maxAttempts)) fail(m, email, reason)
    else putBack(m, email, means, reason)
    // Only what left counts against a limit.
    if (means !== 'sent' && means !== 'held')
      for (const claim of m.claims) if (claim.email === email && claim.token === token) claim.counts = false
    if (verdict !== 'unknown') continue
    // What a person or a reply has said of the lead stays.
    if (LADDER.includes(email.lead.status)) email.lead.status = 'invalid'
    wrote(m, email.lead)
    m.suppressed.set(email.lead.email, 'other')
  }
}

/** An email has left, or counts as if it had: its lead goes up the ladder, never down. */
export function recordSent(m: Model, email: Email, to: string | null): void {
  put(m, email, { status: 'sent', sentAt: email.since, to })
  const rung = LADDER.indexOf(email.lead.status)
  if (rung >= 0) email.lead.status = LADDER[Math.max(rung, Math.min(3, email.step))] ?? ''
  wrote(m, email.lead)
}
function fail(m: Model, email: Email, reason: string): void {
  put(m, email, { status: 'failed', reason })
  for (const next of stepsAfter(m, email, 'pending')) put(m, next, { status: 'skipped', reason: NOT_DELIVERED })
}
/** Takes back what was skipped because of a failure, and answers that. */
export function reopenAfter(m: Model, email: Email, status: 'pending' | 'cancelled'): Email[] {
  const later = stepsAfter(m, email, 'skipped').filter(({ reason }) => reason === NOT_DELIVERED)
  for (const next of later) put(m, next, { status, reason: null })
  return later
}
/** A full mailbox is tried again for so long. */
const FULL = 3 * DAY
/** By chance within a tenth, so that what failed together comes apart. A stopped campaign plans nothing, nor does any for whom was taken out. */
function putBack(m: Model, email: Email, means: Meaning, wait: string): void {
  const delay = wait === 'full' ? FULL / (m.settings.maxAttempts - 1) : HOUR * 2 ** (email.tries - 1)
  const retry = delay * (0.9 + 0.2 * m.chance)
  put(m, email, { status: 'pending', wait })
  moveTo(m, email, m.now + (means === 'retry' ? Math.round(retry) : 15 * MINUTE))
  if (email.campaign.status === 'completed' || isOut(email)) put(m, email, { status: 'cancelled' })
  skipIfEnded(m, email)
}
/** Moves a pending email, and the lead's later steps by as much. */
export function moveTo(m: Model, email: Email, due: number): void {
  for (const next of stepsAfter(m, email, 'pending')) next.due += due - email.due
  email.due = due
}

/**
 * A mailbox that failed waits for longer each time, for tomorrow, or for a person; one that sends again is well. What failed
 * beside or after an email that left is the first failure in a row.
 */
export function updateHealth(m: Model, { box, emails, memory }: Batch): void {
  const trouble = emails.find(isTrouble)?.means
  if (emails.some(isSent) && !memory.passed) {
    memory.passed = true
    if (memory.trouble) degrade(m, box, memory, memory.trouble)
    else if (box.saves === memory.saves && box.health === memory.health && box.failures === memory.failures)
      Object.assign(box, { health: 'ready', coolUntil: null, failures: 0 })
  }
  if (!trouble) return
  memory.trouble = trouble
  degrade(m, box, memory, trouble)
}
/** Whoever was faster has counted the failure that this one is the same as. */
function degrade(m: Model, box: Mailbox, { saves, passed, failures }: Memory, trouble: Meaning): void {
  if (box.saves !== saves) return
  if (trouble === 'stop') return void Object.assign(box, { health: 'stopped', coolUntil: null })
  const before = passed ? 0 : Math.min(failures, box.failures)
  const later = m.now + Math.min(HOUR, MINUTE * 2 ** before)
  const coolUntil = trouble === 'next_day' ? nextDayOpening(box.window, m.now, box.window.zone) : later
  Object.assign(box, { health: 'cooling_down', coolUntil, failures: before + 1 })
}
