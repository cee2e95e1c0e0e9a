import { type DailyLimit, limitOn } from '../../delivery/ramp'
import { localDate } from '../../time/local-time'
import { nextDayOpening, nextOpening, type SendingWindow } from '../../time/window'
import type { DayCounts } from '../capacity'

/** A planned email, as far as it decides when it leaves. */
export type PlannedEmail = { leadId: string; mailboxId: string; step: number; dueAt: Date }

type MailboxRoom = {
  window: SendingWindow
  limits: readonly DailyLimit[]
  booked: DayCounts
  /** Its emails were planned by another window: they wait until this one opens. */
  isNewWindow?: boolean
}
type CampaignRoom = { id: string; dailyLimit: number | null; timezone: string; booked: DayCounts }

/** What limits leave for emails. `booked`: by local date, what others have planned and what has left today. */
export type Room<Email extends PlannedEmail = PlannedEmail> = {
  now: Date
  mailboxes: ReadonlyMap<string, MailboxRoom>
  /** The campaign that an email is of. */
  campaignOf: (email: Email) => CampaignRoom
}

const EMAILS_A_TURN = 500

/**
 * When planned emails leave, as the limits of their mailboxes and of their campaigns allow: what finds a day full waits for the next one with
 * room, and the lead's later steps come as much later. In the order in which they are due, which is that of follow-ups among themselves;
 * first emails give way to follow-ups only where both are due at once. `emails`: those of a lead in the order of their steps.
 */
export function* leaveWithin<Email extends PlannedEmail>(
  emails: readonly Email[],
  room: Room<Email>,
): Generator<undefined, { email: Email; at: Date }[]> {
  const days = createFullDays(room)
  const sequences = Map.groupBy(emails, (email) => `${room.campaignOf(email).id} ${email.leadId}`)
  const leads = [...sequences.values()].map((own) => ({ own, next: 0, lateMs: 0 }))
  const queue = createQueue<{ lead: (typeof leads)[number]; planned: number; from: number }>()
  const enter = (lead: (typeof leads)[number]) => {
    const email = lead.own[lead.next]
    if (!email) return
    const { window, isNewWindow } = days.mailboxOf(email.mailboxId)
    const planned = email.dueAt.getTime() + lead.lateMs
    const from = Math.max(planned, room.now.getTime())
    const at = lead.lateMs > 0 || isNewWindow ? nextOpening(window, new Date(from)).getTime() : from
    queue.put({ lead, planned, from }, at, email.step === 1)
  }
  for (const lead of leads) enter(lead)
  const left: { email: Email; at: Date }[] = []
  for (let first = queue.take(); first; first = queue.take()) {
    if (left.length % EMAILS_A_TURN === 0) yield
    const { lead, planned, from } = first.value
    const email = lead.own[lead.next++]
    if (!email) continue
    const at = days.book(email, new Date(first.at))
    // What is put off takes the lead's later steps along, by as much as its own time has moved.
    if (at.getTime() > from) lead.lateMs += at.getTime() - planned
    left.push({ email, at })
    enter(lead)
  }
  return left
}

// Beyond, a limit is a mistake, and the calendar shows it nowhere.
const MOST_DAYS = 3_653

/** Counts emails by day, and finds the next day with room; a day that is full stays so. */
function createFullDays<Email extends PlannedEmail>({ mailboxes, campaignOf }: Room<Email>) {
  const used = new Map<string, number>()
  const dates = new Map<string, string>()
  const jumps = new Map<string, Date>()
  const dateOf = (at: Date, timezone: string) => {
    const key = `${at.getTime()} ${timezone}`
    const date = dates.get(key) ?? localDate(at, timezone)
    dates.set(key, date)
    return date
  }
  const mailboxOf = (id: string) => {
    const mailbox = mailboxes.get(id)
    if (!mailbox) throw new Error('An email is planned from a mailbox that is not there')
    return mailbox
  }
  const isFull = (key: string, day: string, limit: DailyLimit, booked: DayCounts) =>
    (used.get(key) ?? 0) + (booked.get(day) ?? 0) >= (limitOn(limit, day) ?? Number.POSITIVE_INFINITY)
  return {
    mailboxOf,
    /** Takes a place on the first day from `at` on that has one. Returns when the email leaves. */
    book(email: Email, at: Date): Date {
      const { mailboxId } = email
      const { window, limits, booked } = mailboxOf(mailboxId)
      const campaign = campaignOf(email)
      const passed: string[] = []
      let leaves = at
      for (let tries = 0; tries < MOST_DAYS; tries++) {
        const [day, own] = [dateOf(leaves, window.timezone), dateOf(leaves, campaign.timezone)]
        const [ofMailbox, ofCampaign] = [`${mailboxId} ${day}`, `${campaign.id} ${own}`]
        const full = limits.some((limit) => isFull(ofMailbox, day, limit, booked))
          ? window.timezone
          : isFull(ofCampaign, own, campaign.dailyLimit, campaign.booked) && campaign.timezone
        if (!full) {
          for (const key of [ofMailbox, ofCampaign]) used.set(key, (used.get(key) ?? 0) + 1)
          break
        }
        const key = `${ofMailbox} ${ofCampaign}`
        passed.push(key)
        leaves = jumps.get(key) ?? nextDayOpening(window, leaves, full)
      }
      for (const key of passed) jumps.set(key, leaves)
      return leaves
    },
  }
}

/** Gives back first what comes first; of two at once what is not `last`, then what was put first. */
function createQueue<T>() {
  type Entry = { value: T; at: number; last: boolean; n: number }
  const heap: Entry[] = []
  let count = 0
  const isBefore = (a: Entry | undefined, b: Entry | undefined): boolean =>
    a !== undefined && (b === undefined || (a.at - b.at || Number(a.last) - Number(b.last) || a.n - b.n) < 0)
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]]
    if (a && b) [heap[i], heap[j]] = [b, a]
  }
  return {
    put(value: T, at: number, last: boolean): void {
      let i = heap.push({ value, at, last, n: count++ }) - 1
      for (let up = (i - 1) >> 1; i > 0 && isBefore(heap[i], heap[up]); i = up, up = (i - 1) >> 1) swap(i, up)
    },
    take(): Entry | undefined {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        const least = isBefore(heap[right], heap[left]) ? right : left
        if (!isBefore(heap[least], heap[i])) return first
        swap(i, least)
        i = least
      }
    },
  }
}
