import { limitOn, limitsOf, reservedOn, UNSENT } from '../book'
import { DAY, daysLater, HOUR, later, localDay, timeOfDay } from '../calendar'
import type { Campaign, Lead, Mailbox, Model } from '../state'
import { isOpen, nextOpening, type Window, windowEnd } from '../window'

// Which lead gets which step from which mailbox, and when.

/** An email leaves up to 90 s after it is due, the one a day later as much later again. */
const SENDING = 90_000
/** What a gap takes on the average: it, and half of its jitter, which is as long. */
const meanOf = ({ gap }: Mailbox) => gap * 1.5

/**
 * Step 1 is due at the start; each later one its days after the date of the one before, at the first one's time of day (at that
 * of the one before where it was moved to a later one), after 24 hours, in the window, and early enough to leave by its end.
 */
function stepTimes({ zone, days }: Campaign, window: Window, start: number): number[] {
  const inARow = days.slice(1).join('').split(/[^1]/)
  const times: number[] = []
  let [row, moved] = [1, start]
  for (const [i, gap] of days.entries()) {
    const [first = start, before = start] = [times[0], times.at(-1)]
    const time = later(timeOfDay(first, zone), timeOfDay(i > 1 ? moved : first, zone))
    const [wanted, free] = i === 0 ? [start, 0] : [daysLater(before, zone, gap, time), before + DAY]
    const due = nextOpening(window, Math.max(wanted, free))
    row = due < free + SENDING ? row + 1 : 1
    const emails = i === 0 ? 1 + Math.max(...inARow.map((ones) => ones.length)) : row
    const end = windowEnd(window, due, [window.zone, zone])
    const opens = row === 1 && !isOpen(window, due - 1)
    const at = opens || due + emails * SENDING < end ? due : nextOpening(window, end)
    moved = at > wanted ? at : first
    times.push(at)
  }
  return times
}

/** When leads may start: at once, or with a later day; at the start's time of day where the mailbox sends at any. */
function* cohorts(start: number, { window, gap }: Mailbox): Generator<number> {
  yield start
  const time = window.from === 0 && window.to === 24 && gap === 0 ? timeOfDay(start, window.zone) : undefined
  const taken = localDay(nextOpening(window, start), window.zone)
  for (let day = 1; ; day++) {
    const at = daysLater(start, window.zone, day, time)
    const [date, opening] = [localDay(at, window.zone), nextOpening(window, at)]
    if (localDay(opening, window.zone) === date && date !== taken) yield opening
  }
}

/** What campaigns that are not over have planned, by when it is due. */
const planned = (m: Model) =>
  m.emails
    .filter((e) => e.status === 'pending' && ['running', 'paused', 'failed'].includes(e.campaign.status))
    .map((e) => ({ ...e, due: Math.max(e.due, m.now) }))
    .sort((a, b) => a.due - b.due)

/** When a mailbox sends what is planned, one email after the other in its window. */
function leavingFrom(m: Model, box: Mailbox): number[] {
  const last = (box.nextAt ?? 0) > m.now ? [(box.nextAt ?? 0) - meanOf(box)] : []
  let next = box.nextAt ?? 0
  for (const { due } of planned(m).filter((e) => e.box === box)) {
    last.push(nextOpening(box.window, Math.max(due, next)))
    next = (last.at(-1) ?? 0) + meanOf(box)
  }
  return last
}

/** How long after they are due a lead's emails leave, one after the other with those at `leaving`, each on its day; null when none can. */
function offsetOf({ limit, zone }: Campaign, box: Mailbox, times: readonly number[], leaving: readonly number[]) {
  const gap = meanOf(box)
  const zones = limit === null ? [box.window.zone] : [box.window.zone, zone]
  const offsets = [0, ...leaving.flatMap((other) => times.map((at) => other + gap - at))].sort((a, b) => a - b)
  const isFree = (offset: number) => times.every((at) => leaving.every((o) => Math.abs(at + offset - o) >= gap))
  const offset = offsets.find((one) => one >= 0 && isFree(one)) ?? 0
  const fits = times.every((at) => at + offset + gap <= windowEnd(box.window, at, zones))
  return offset === 0 || fits ? offset : null
}

/** Every lead gets every step from one mailbox: in the first cohort in which all fit under the limits, beside all that is planned. */
export function plan(m: Model, campaign: Campaign, leads: readonly Lead[]): void {
  const leaving = new Map(campaign.boxes.map((box) => [box, leavingFrom(m, box)]))
  let run = { box: campaign.boxes[0], start: 0, next: 0, due: 0 }
  for (const [rank, box] of shareOut(m, campaign, leads.length).entries())
    for (const start of cohorts(m.now, box)) {
      const times = stepTimes(campaign, box.window, start)
      const limits = times.flatMap((at) => limitsOf({ box, campaign }, at))
      const booked = planned(m).flatMap((e) => limitsOf(e, e.due).map(({ day }) => day))
      const isFull = limits.some(({ day, most }) => {
        const wanted = limits.filter((other) => other.day === day).length
        return most !== null && reservedOn(m, day) + booked.filter((other) => other === day).length + wanted > most
      })
      const offset = isFull ? null : offsetOf(campaign, box, times, leaving.get(box) ?? [])
      if (offset === null) continue
      // Who leaves right after another is due with them.
      const due = run.box === box && run.start === start && run.next === offset ? run.due : offset
      run = { box, start, next: offset + meanOf(box), due }
      leaving.get(box)?.push(...times.map((at) => at + offset))
      const lead = leads[rank]
      const email = { ...UNSENT, campaign, box, plannedAt: m.now }
      if (lead) m.emails.push(...times.map((at, i) => ({ ...email, lead, step: i + 1, due: at + due })))
      break
    }
}

/** The mailbox of each lead, in proportion to what each sends on the day of the start: whole parts, then by the largest rest, then the older. */
function shareOut({ now }: Model, { boxes }: Campaign, leads: number): Mailbox[] {
  const perDay = boxes.map((box) => {
    const { from, to, zone } = box.window
    const paced = box.gap > 0 ? Math.floor(((to - from) * HOUR) / meanOf(box)) : Infinity
    return Math.min(limitOn(box, localDay(now, zone)) ?? Infinity, paced)
  })
  const most = Math.max(1, ...perDay.filter(Number.isFinite))
  const weights = perDay.map((one) => Math.min(one, most))
  const exact = weights.map((weight) => (leads * weight) / weights.reduce((sum, other) => sum + other))
  const rests = exact.map((part, i) => ({ i, rest: part % 1 })).sort((a, b) => b.rest - a.rest || a.i - b.i)
  const lucky = rests.slice(0, leads - exact.reduce((sum, part) => sum + Math.floor(part), 0)).map(({ i }) => i)
  return boxes.flatMap((box, i) => Array<Mailbox>(Math.floor(exact[i] ?? 0) + (lucky.includes(i) ? 1 : 0)).fill(box))
}
