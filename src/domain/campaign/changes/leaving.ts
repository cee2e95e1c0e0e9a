import { type DailyLimit, limitOn } from '../../delivery/ramp'
import { localDate } from '../../time/local-time'
import { nextDayOpening, nextOpening, type SendingWindow } from '../../time/window'
import type { DayCounts } from '../capacity'

/** A planned email, as far as it decides when it leaves. */
export type PlannedEmail = { leadId: string; mailboxId: string; step: number; dueAt: Date }

/** What limits leave for a campaign's emails. `booked`: by local date, what others have planned and what has left today. */
export type Room = {
  now: Date
  mailboxes: ReadonlyMap<string, { window: SendingWindow; limits: readonly DailyLimit[]; booked: DayCounts }>
  campaign: { dailyLimit: number | null; timezone: string; booked: DayCounts }
}

const EMAILS_A_TURN = 500

/**
 * When planned emails leave, as the limits of their mailboxes and of the campaign allow: what finds a day full waits for the next one with
 * room, and the lead's later steps come as much later. In the order in which they are due, which is that of follow-ups among themselves;
 * first emails give way to follow-ups only where both are due at once. `emails`: those of a lead in the order of their steps.
 */
export function* leaveWithin(
  emails: readonly PlannedEmail[],
  room: Room,
): Generator<undefined, { step: number; at: Date }[]> {
  const days = createFullDays(room)
  const leads = [...Map.groupBy(emails, ({ leadId }) => leadId).values()].map((own) => ({ own, next: 0, lateMs: 0 }))
  const queue = createQueue<(typeof leads)[number]>()
  const enter = (lead: (typeof leads)[number]) => {
    const email = lead.own[lead.next]
    if (!email) return
    const { window } = days.mailboxOf(email.mailboxId)
    const due = Math.max(email.dueAt.getTime(), room.now.getTime()) + lead.lateMs
    const at = lead.lateMs > 0 ? nextOpening(window, new Date(due)).getTime() : due
    queue.put(lead, at, email.step === 1)
  }
  for (const lead of leads) enter(lead)
  const left: { step: number; at: Date }[] = []
  for (let first = queue.take(); first; first = queue.take()) {
    if (left.length % EMAILS_A_TURN === 0) yield
    const { value: lead, at } = first
    const email = lead.own[lead.next++]
    if (!email) continue
    const leaves = days.book(email.mailboxId, new Date(at))
    lead.lateMs += leaves.getTime() - at
    left.push({ step: email.step, at: leaves })
    enter(lead)
  }
  return left
}

// Beyond, a limit is a mistake, and the calendar shows it nowhere.
const MOST_DAYS = 3_653

/** Counts emails by day, and finds the next day with room; a day that is full stays so. */
function createFullDays({ mailboxes, campaign }: Room) {
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
    book(mailboxId: string, at: Date): Date {
      const { window, limits, booked } = mailboxOf(mailboxId)
      const passed: string[] = []
      let leaves = at
      for (let tries = 0; tries < MOST_DAYS; tries++) {
        const [day, own] = [dateOf(leaves, window.timezone), dateOf(leaves, campaign.timezone)]
        const [ofMailbox, ofCampaign] = [`${mailboxId} ${day}`, `campaign ${own}`]
        const full = limits.some((limit) => isFull(ofMailbox, day, limit, booked))
          ? window.timezone
          : isFull(ofCampaign, own, campaign.dailyLimit, campaign.booked) && campaign.timezone
        if (!full) {
          for (const key of [ofMailbox, ofCampaign]) used.set(key, (used.get(key) ?? 0) + 1)
          break
        }
        const key = `${ofMailbox} ${own}`
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
