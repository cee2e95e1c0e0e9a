import type { SendingWindow } from '../../time/window'
import type { EmailStatus } from '../progress'
import { type Affected, affected, type EmailsEffect } from './effect'
import { type Calendar, createCalendar, type LeadEmail, planLead } from './lead-plan'
import type { PlannedEmail } from './leaving'
import type { StepsChange } from './steps'

/** An email of the campaign, and what of its lead decides about a change. */
export type EmailFacts = LeadEmail & {
  leadId: string
  mailboxId: string
  templateId: string
  /** The lead's sequence has ended: by its status, the list, or an answer. */
  ended: boolean
  /** The lead has been taken out of the campaign, and the email was cancelled for that. */
  cancelledByTakingOut: boolean
  /** The lead has been taken out of the campaign. */
  takenOut: boolean
  /** When the lead got its last email, from any campaign. */
  contactedAt: Date | null
}

export type ChangeInput = {
  /** Emails of the campaign, those of a lead in a row. */
  emails: readonly EmailFacts[]
  /** Null: the sequence stays. */
  steps: StepsChange | null
  takeOut: ReadonlySet<string>
  putBack: ReadonlySet<string>
  windows: ReadonlyMap<string, SendingWindow>
  timezone: string
  now: Date
}

export type AddedEmail = { leadId: string; mailboxId: string; step: number; dueAt: Date }

/** What a change writes. */
export type ChangePlan = {
  cancelled: string[]
  /** Planned again, with when they are due. */
  returned: { id: string; dueAt: Date }[]
  /** With a new sequence: all that is planned, under its number there, and when it is due from now on; null where that stays. */
  planned: { id: string; step: number; dueAt: Date | null }[]
  added: AddedEmail[]
  /** All that is planned, now and with the change, those of a lead in the order of their steps. */
  emails: { before: PlannedEmail[]; after: PlannedEmail[] }
  effect: EmailsEffect
}

const STAYS: readonly EmailStatus[] = ['sent', 'sending', 'held']
const LEADS_A_TURN = 50

/**
 * The effect of a change on emails that are there, and what it adds for their leads; in turns, for whoever has other things to do
 * between them. Emails that were sent, are on their way or held stay, whatever the change says.
 */
export function* planChange(input: ChangeInput): Generator<undefined, ChangePlan> {
  const { emails, steps, takeOut, putBack, windows, timezone, now } = input
  const calendars = new Map<string, Calendar>()
  const calendarOf = (mailboxId: string) => {
    const window = windows.get(mailboxId)
    if (!window) throw new Error('An email is planned from a mailbox that is not there')
    const calendar = calendars.get(mailboxId) ?? createCalendar(window)
    calendars.set(mailboxId, calendar)
    return calendar
  }
  const book = createBook(steps, timezone)
  let leads = 0
  for (const own of ofEachLead(emails)) {
    if (leads++ % LEADS_A_TURN === 0) yield
    const { leadId, mailboxId, ended, takenOut } = own[0] as EmailFacts
    if (takeOut.has(leadId)) {
      book.takenOut(own)
      continue
    }
    const isBack = putBack.has(leadId)
    const present = isBack ? returnedTo(own, now) : own
    const planned = steps
      ? planLead(present, steps, { calendar: calendarOf(mailboxId), now, goesOn: !ended && (!takenOut || isBack) })
      : { moved: [], added: [] }
    book.planned(own, present, planned, mailboxId)
  }
  return book.close()
}

function* ofEachLead(emails: readonly EmailFacts[]): Generator<EmailFacts[]> {
  let own: EmailFacts[] = []
  for (const email of emails) {
    if (own[0] && own[0].leadId !== email.leadId) {
      yield own
      own = []
    }
    own.push(email)
  }
  if (own.length > 0) yield own
}

/** A lead's emails as they are once it is put back: as much later as its earliest one is overdue, so that the gaps hold. */
function returnedTo(own: readonly EmailFacts[], now: Date): EmailFacts[] {
  const back = own.filter(({ cancelledByTakingOut }) => cancelledByTakingOut)
  const first = Math.min(...back.map(({ dueAt }) => dueAt.getTime()))
  const lateMs = Math.max(0, now.getTime() - first)
  return own.map((email) =>
    email.cancelledByTakingOut
      ? { ...email, status: 'pending', dueAt: new Date(email.dueAt.getTime() + lateMs) }
      : email,
  )
}

/** Writes down what becomes of each lead's emails. */
function createBook(steps: StepsChange | null, timezone: string) {
  const plan = { cancelled: [] as string[], returned: [], planned: [], added: [] } as Omit<
    ChangePlan,
    'effect' | 'emails'
  >
  const retimed: { dueAt: Date }[] = []
  const emails: ChangePlan['emails'] = { before: [], after: [] }
  const gone = { emails: 0, leads: 0 }
  const numbers = new Map(steps?.after.flatMap(({ was }, i) => (was === null ? [] : [[was, i + 1] as const])))
  const numberOf = (step: number) => (steps ? numbers.get(step) : step)
  let [reworded, stay, leadsAdded, leadsReturned] = [0, 0, 0, 0]
  return {
    takenOut: (own: readonly EmailFacts[]) => {
      const pending = own.filter(({ status }) => status === 'pending')
      for (const { id, leadId, mailboxId, dueAt, step, contactedAt } of pending) {
        plan.cancelled.push(id)
        emails.before.push({ leadId, mailboxId, dueAt, step, contactedAt })
      }
      stay += own.filter(({ status }) => STAYS.includes(status)).length
      gone.emails += pending.length
      gone.leads++
    },
    planned: (
      own: readonly EmailFacts[],
      present: readonly EmailFacts[],
      { moved, added }: { moved: { id: string; dueAt: Date }[]; added: { step: number; dueAt: Date }[] },
      mailboxId: string,
    ) => {
      const times = new Map(moved.map(({ id, dueAt }) => [id, dueAt]))
      let [lost, back] = [0, 0]
      const after: PlannedEmail[] = []
      for (const [i, email] of present.entries()) {
        const { id, leadId, step, status, contactedAt } = email
        const wasPending = own[i]?.status === 'pending'
        if (wasPending) emails.before.push({ leadId, mailboxId, dueAt: email.dueAt, step, contactedAt })
        if (STAYS.includes(status)) stay++
        if (status !== 'pending') continue
        const number = numberOf(step)
        if (number === undefined) {
          lost += wasPending ? 1 : 0
          continue
        }
        const dueAt = times.get(id) ?? email.dueAt
        after.push({ leadId, mailboxId, dueAt, step: number, contactedAt })
        if (steps && steps.after[number - 1]?.templateId !== email.templateId) reworded++
        if (!wasPending) plan.returned.push({ id, dueAt })
        else if (times.has(id)) retimed.push({ dueAt })
        if (steps) plan.planned.push({ id, step: number, dueAt: wasPending ? (times.get(id) ?? null) : null })
        back += wasPending ? 0 : 1
      }
      for (const { step, dueAt } of added) {
        const email = { leadId: own[0]?.leadId ?? '', mailboxId, step, dueAt }
        plan.added.push(email)
        after.push({ ...email, contactedAt: own[0]?.contactedAt ?? null })
      }
      // What is added may come before what is there.
      if (added.length > 0) after.sort((a, b) => a.step - b.step)
      for (const email of after) emails.after.push(email)
      gone.emails += lost
      gone.leads += lost > 0 ? 1 : 0
      leadsReturned += back > 0 ? 1 : 0
      leadsAdded += added.length > 0 ? 1 : 0
    },
    close: (): ChangePlan => ({
      ...plan,
      emails,
      effect: {
        timezone,
        retimed: spanOf(retimed),
        reworded,
        added: { ...spanOf(plan.added), leads: leadsAdded },
        removed: gone,
        returned: { ...spanOf(plan.returned), leads: leadsReturned },
        stay,
      },
    }),
  }
}

const spanOf = (emails: readonly { dueAt: Date }[]): Affected => affected(emails.map(({ dueAt }) => dueAt))
