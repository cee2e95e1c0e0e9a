import { type DailyLimit, limitOn } from '../../delivery/ramp'
import { localDate } from '../../time/local-time'
import { closesAt, nextDayOpening, nextOpening, type SendingWindow } from '../../time/window'
import type { DayCounts } from '../capacity'
import { nextMidnight } from '../due-times'
import { createHeap } from './heap'

/** What a mailbox sends by. `booked`: by its local date, what counts against its limit beside the emails that are laid out. */
export type MailboxRoom = {
  window: SendingWindow
  limit: DailyLimit
  /** Milliseconds between two of its emails, on the average; 0 where it keeps no gap. */
  gapMs: number
  /** When its next email may leave at the earliest; null: at once. */
  freeAt: Date | null
  booked: DayCounts
}

/** What the limit of a campaign leaves, by local dates of its zone. */
export type CampaignRoom = {
  id: string
  dailyLimit: number | null
  timezone: string
  booked: DayCounts
  /** Its emails are laid out as if it went on at this moment. */
  isPaused?: boolean
}

/** An email that waits for its mailbox. `due`: when it came due, or was put off to; `n`: in which order they came. Milliseconds. */
type Waiting<Email> = { email: Email; step: number; due: number; n: number }

type Candidate<Email> = { waiting: Waiting<Email>; due: number; campaign: CampaignDays; take(): void }

/** The days of a campaign, in order: what of its limit is used. */
export type CampaignDays = ReturnType<typeof createCampaignDays>

/** Counts what leaves on the day of a campaign, for times that never go back. */
export function createCampaignDays({ id, dailyLimit, timezone, booked }: CampaignRoom) {
  let today = { until: Number.NEGATIVE_INFINITY, left: 0 }
  const enter = (at: number) => {
    if (dailyLimit === null || at < today.until) return today
    const day = localDate(new Date(at), timezone)
    today = { until: nextMidnight(new Date(at), timezone).getTime(), left: dailyLimit - (booked.get(day) ?? 0) }
    return today
  }
  return {
    id,
    timezone,
    isFull: (at: number): boolean => dailyLimit !== null && enter(at).left <= 0,
    use: (at: number): void => {
      if (dailyLimit !== null) enter(at).left--
    },
  }
}

/**
 * What waits of one campaign. Whatever is put off together is due together then: follow-ups go first, then what was due first, then
 * whoever has got more.
 */
function createLane<Email>(campaign: CampaignDays) {
  const line = () => ({
    // What was put off until the same moment, and what is due later than that.
    even: createHeap<Waiting<Email>>((a, b) => b.step - a.step || a.n - b.n),
    later: createHeap<Waiting<Email>>((a, b) => a.due - b.due || b.step - a.step || a.n - b.n),
  })
  const [followUps, firsts] = [line(), line()]
  let count = 0
  const firstOf = ({ even, later }: typeof firsts, floor: number): Candidate<Email> | null => {
    for (let next = later.peek(); next && next.due <= floor; next = later.peek()) {
      later.take()
      even.put(next)
    }
    const heap = even.peek() ? even : later
    const waiting = heap.peek()
    if (!waiting) return null
    const take = () => {
      heap.take()
      count--
    }
    return { waiting, due: Math.max(waiting.due, heap === even ? floor : 0), campaign, take }
  }
  return {
    campaign,
    /** Until when the limit of the campaign has put it off. */
    floor: Number.NEGATIVE_INFINITY,
    isEmpty: () => count === 0,
    put: (waiting: Waiting<Email>): void => {
      count++
      ;(waiting.step === 1 ? firsts : followUps).later.put(waiting)
    },
    first: (floor: number) => firstOf(followUps, floor) ?? firstOf(firsts, floor),
  }
}

const isBefore = <Email>(a: Candidate<Email>, b: Candidate<Email>): boolean => {
  const order =
    Number(a.waiting.step === 1) - Number(b.waiting.step === 1) ||
    a.due - b.due ||
    b.waiting.step - a.waiting.step ||
    (a.campaign.id < b.campaign.id ? -1 : Number(a.campaign.id > b.campaign.id)) ||
    a.waiting.n - b.waiting.n
  return order < 0
}

/** An email leaves; or nothing does before `again`. `due`: when it was to leave in the end, which its lead's later steps follow. */
type Leaves<Email> = { waiting: Waiting<Email>; due: number } | { again: number }

export type Outflow<Email> = ReturnType<typeof createOutflow<Email>>

/** A mailbox that sends what waits, as a worker would, at times that never go back. */
export function createOutflow<Email>({ window, limit, gapMs, freeAt, booked }: MailboxRoom) {
  const lanes = new Map<string, ReturnType<typeof createLane<Email>>>()
  let count = 0
  let free = freeAt?.getTime() ?? Number.NEGATIVE_INFINITY
  // Until when its window or limit has put everything off.
  let floor = Number.NEGATIVE_INFINITY
  let today = { day: '', until: Number.NEGATIVE_INFINITY, left: 0 }

  const putOff = (until: Date) => {
    floor = until.getTime()
    return { again: floor }
  }
  const enter = (at: number) => {
    const day = localDate(new Date(at), window.timezone)
    const most = limitOn(limit, day) ?? Number.POSITIVE_INFINITY
    // Where the clocks change a window may open twice a day.
    const left = day === today.day ? today.left : most - (booked.get(day) ?? 0)
    today = { day, until: closesAt(window, new Date(at)).getTime(), left }
  }
  /** The email that is the next one, or when a campaign has room again. */
  const choose = (at: number): Candidate<Email> | { again: number } => {
    let best: Candidate<Email> | null = null
    let again = Number.POSITIVE_INFINITY
    for (const lane of lanes.values()) {
      if (lane.isEmpty()) continue
      if (lane.floor <= at && lane.campaign.isFull(at))
        lane.floor = nextDayOpening(window, new Date(at), lane.campaign.timezone).getTime()
      if (lane.floor > at) {
        again = Math.min(again, lane.floor)
        continue
      }
      const first = lane.first(Math.max(floor, lane.floor))
      if (first && (!best || isBefore(first, best))) best = first
    }
    return best ?? { again }
  }
  return {
    put(waiting: Waiting<Email>, campaign: CampaignDays): void {
      const lane = lanes.get(campaign.id) ?? createLane<Email>(campaign)
      lanes.set(campaign.id, lane)
      lane.put(waiting)
      count++
    },
    /** What leaves at `at`; null where nothing waits. */
    next(at: number): Leaves<Email> | null {
      if (count === 0) return null
      if (at < Math.max(free, floor)) return { again: Math.max(free, floor) }
      if (at >= today.until) {
        const opening = nextOpening(window, new Date(at))
        if (opening.getTime() > at) return putOff(opening)
        enter(at)
      }
      if (today.left <= 0) return putOff(nextDayOpening(window, new Date(at)))
      const chosen = choose(at)
      if ('again' in chosen) return chosen
      chosen.take()
      chosen.campaign.use(at)
      today.left--
      count--
      free = at + gapMs
      return { waiting: chosen.waiting, due: chosen.due }
    },
  }
}
