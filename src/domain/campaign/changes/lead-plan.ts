import { CONTACT_GAP_MS } from '../../delivery/decide'
import { daysLater } from '../../time/local-time'
import { nextOpening, type SendingWindow } from '../../time/window'
import type { EmailStatus } from '../progress'
import type { StepsChange } from './steps'

/** One email that a campaign has planned for a lead, under its number before the change. */
export type LeadEmail = {
  id: string
  step: number
  status: EmailStatus
  /** When it is due. */
  dueAt: Date
  /** When it began to leave; null where it has not. */
  leftAt: Date | null
}

/** When a lead's emails are due by the new sequence: those that move, and those that it has none of yet. */
export type LeadPlan = { moved: { id: string; dueAt: Date }[]; added: { step: number; dueAt: Date }[] }

/** Calendars are slow, and many leads share their times: both functions may remember what they have answered. */
export type Calendar = {
  daysLater(at: Date, days: number): Date
  nextOpening(at: Date): Date
}

/** The calendar of a mailbox, which remembers. */
export function createCalendar(window: SendingWindow): Calendar {
  const later = new Map<string, Date>()
  const openings = new Map<number, Date>()
  return {
    daysLater: (at, days) => {
      const key = `${at.getTime()} ${days}`
      const known = later.get(key) ?? daysLater(at, days, window.timezone)
      later.set(key, known)
      return known
    },
    nextOpening: (at) => {
      const known = openings.get(at.getTime()) ?? nextOpening(window, at)
      openings.set(at.getTime(), known)
      return known
    },
  }
}

const OVER: readonly EmailStatus[] = ['failed', 'skipped', 'cancelled']

/** What is planned so far: the email before, by how many days what follows moves, and how much later than that it has to leave. */
type SoFar = { previous: Date | null; days: number; lateMs: number }

/**
 * The lead's emails by a new sequence. What it has planned moves by as many days as the waits before it have grown or shrunk, as
 * far as those are still to come for this lead, and keeps its time of day; where it has to leave later than that (the window, `now`,
 * 24 hours after the email before), what follows comes as much later, so that the gaps hold. What does not move stays to the
 * millisecond. A step that the lead has no email of is planned after the one before it by its wait, unless its sequence has ended
 * (`goesOn`: its status does not end it). `emails`: all of the lead in this campaign; those that are no longer pending stay.
 */
export function planLead(
  emails: readonly LeadEmail[],
  { before, after, removed }: Pick<StepsChange, 'before' | 'after' | 'removed'>,
  { calendar, now, goesOn }: { calendar: Calendar; now: Date; goesOn: boolean },
): LeadPlan {
  const byStep = new Map(emails.map((email) => [email.step, email]))
  const last = Math.max(0, ...byStep.keys())
  const mayGrow = goesOn && !emails.some(({ status }) => OVER.includes(status))
  const waitOf = (step: number) => before[step - 1]?.daysAfterPrevious ?? 0
  const plan: LeadPlan = { moved: [], added: [] }
  const soFar: SoFar = { previous: null, days: 0, lateMs: 0 }
  const gone = removed.filter((step) => byStep.get(step)?.status === 'pending')
  for (const [i, { was, daysAfterPrevious: wait }] of after.entries()) {
    const email = was === null ? undefined : byStep.get(was)
    if (email && email.status !== 'pending') {
      soFar.previous = email.leftAt ?? email.dueAt
      continue
    }
    if (email) {
      while ((gone[0] ?? Number.POSITIVE_INFINITY) < email.step) soFar.days -= waitOf(gone.shift() ?? 0)
      soFar.days += wait - waitOf(email.step)
      const dueAt = dueOf(email, soFar, { calendar, now })
      if (dueAt.getTime() !== email.dueAt.getTime()) plan.moved.push({ id: email.id, dueAt })
      continue
    }
    // A step of before that this lead has not got is no gap to fill once a later one is there.
    const isBehind = was === null || was > last
    if (!soFar.previous || !mayGrow || !isBehind) continue
    soFar.days += wait
    const planned = calendar.daysLater(soFar.previous, wait)
    plan.added.push({ step: i + 1, dueAt: leaveAt(planned, soFar, { calendar, now }) })
  }
  return plan
}

function dueOf(email: LeadEmail, soFar: SoFar, at: { calendar: Calendar; now: Date }): Date {
  if (soFar.days === 0 && soFar.lateMs === 0) {
    soFar.previous = email.dueAt
    return email.dueAt
  }
  const planned = at.calendar.daysLater(email.dueAt, soFar.days).getTime() + soFar.lateMs
  return leaveAt(new Date(planned), soFar, at)
}

/** The first time from `planned` on at which the email may leave; what follows is as late. */
function leaveAt(planned: Date, soFar: SoFar, { calendar, now }: { calendar: Calendar; now: Date }): Date {
  const free = soFar.previous ? soFar.previous.getTime() + CONTACT_GAP_MS : 0
  const dueAt = calendar.nextOpening(new Date(Math.max(planned.getTime(), now.getTime(), free)))
  soFar.lateMs += dueAt.getTime() - planned.getTime()
  soFar.previous = dueAt
  return dueAt
}
