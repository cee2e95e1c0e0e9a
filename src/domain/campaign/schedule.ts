import { meanGapMs, type Pace } from '../delivery/pace'
import { type DailyLimit, dailyLimitOf, limitOn, type Ramp } from '../delivery/ramp'
import { localDate } from '../time/local-time'
import { closesAt, type SendingWindow } from '../time/window'
import { cohortStarts, createCapacity, type DayCounts } from './capacity'
import { capacityOf } from './daily-capacity'
import { dueTimes, nextMidnight, type PlanStep } from './due-times'
import { createSlots, type Slots, type Span } from './slots'

export type PlanMailbox = {
  id: string
  window: SendingWindow
  /** Emails a local day of the mailbox; null without a limit. */
  dailyLimit: number | null
  /** It begins with fewer; absent or null: it does not. */
  ramp?: Ramp | null
  /** Emails that it already sent today or has planned, by its local day. */
  planned: DayCounts
  /** Its gap between two emails, and when those leave that it has planned; absent where it keeps none. */
  pace?: Pace & { booked: readonly Date[] }
}

/**
 * A run of leads (ranks 1..n in the order of planning, both ends included) that get one step from one mailbox at
 * one time. Where the mailbox keeps a gap they leave one after the other from then on: due together, so that a gap which is
 * lowered later counts at once. The plan is a list of these, so its size does not grow with the number of leads.
 */
export type PlanSlice = {
  fromRank: number
  toRank: number
  mailboxId: string
  stepNumber: number
  templateId: string
  scheduledFor: Date
  /** Milliseconds between two of them that leave one after the other; 0 where the mailbox keeps no gap. */
  leavesEveryMs: number
}

export type PlanInput = {
  /** When the campaign starts: step 1 is due then, or at the window's next opening. */
  start: Date
  /** IANA zone of the campaign, in which days are counted. */
  timezone: string
  steps: readonly PlanStep[]
  leadCount: number
  mailboxes: readonly PlanMailbox[]
  /** The campaign's own limit a day in its zone, over all mailboxes; null without. */
  dailyLimit: number | null
  /** Emails that it already has planned or sent, by its local day. */
  planned?: DayCounts
}

/**
 * The whole campaign: every lead gets every step from one mailbox, leads are shared out in proportion to what the
 * mailboxes send on a day. Where capacity is enough, all leads get step k on the same day. Where it is not, they are
 * planned in cohorts: each starts on the first day on which all of its steps fit under the limits and, one after the
 * other, into the window, so the plan never exceeds either and every lead keeps its exact gaps.
 * @throws {RangeError} when limits and gaps leave too little room to plan the campaign within ten years
 */
export function planCampaign(input: PlanInput): PlanSlice[] {
  const plan = planByTurns(input)
  for (;;) {
    const turn = plan.next()
    if (turn.done) return turn.value
  }
}

/** The same in turns of a few milliseconds, for whoever has other things to do between them. */
export function* planByTurns({
  start,
  timezone,
  steps,
  leadCount,
  mailboxes,
  dailyLimit,
  planned,
}: PlanInput): Generator<undefined, PlanSlice[]> {
  const slices: PlanSlice[] = []
  const ofCampaign = createCapacity(dailyLimit, timezone, planned)
  let rank = 1
  for (const [index, share] of shareOut(
    leadCount,
    mailboxes.map((mailbox) => capacityOfMailbox(mailbox, start)),
  ).entries()) {
    const mailbox = mailboxes[index]
    if (!mailbox) continue
    const { window, pace } = mailbox
    const gapMs = pace ? meanGapMs(pace) : 0
    const slots = pace && gapMs > 0 ? createSlots(gapMs, pace.booked) : null
    const ofMailbox = createCapacity(limitOfMailbox(mailbox), window.timezone, mailbox.planned)
    let left = share
    for (const cohortStart of cohortStarts(start, window, slots !== null)) {
      if (left === 0) break
      yield
      const times = dueTimes(cohortStart, timezone, window, steps)
      const room = Math.min(left, ofMailbox.free(times), ofCampaign.free(times))
      if (room === 0) continue
      const spans = slots ? times.map((time) => spanOf(time, mailbox, dailyLimit === null ? null : timezone)) : []
      const runs = slots ? yield* fillSlots(slots, spans, { room, gapMs }) : [{ offset: 0, leads: room }]
      for (const { offset, leads } of runs) {
        ofMailbox.take(times, leads)
        ofCampaign.take(times, leads)
        steps.forEach(({ stepNumber, templateId }, i) => {
          const time = times[i]
          if (!time) return
          slices.push({
            fromRank: rank,
            toRank: rank + leads - 1,
            mailboxId: mailbox.id,
            stepNumber,
            templateId,
            scheduledFor: new Date(time.getTime() + offset),
            leavesEveryMs: gapMs,
          })
        })
        rank += leads
        left -= leads
      }
    }
  }
  return slices
}

const limitOfMailbox = ({ dailyLimit, ramp = null, window }: PlanMailbox): DailyLimit =>
  dailyLimitOf(dailyLimit, ramp, window)

/** What the mailbox sends on the day of `start`; where its limit grows, that is what it begins with. */
function capacityOfMailbox(mailbox: PlanMailbox, start: Date): Shared {
  const { window, pace } = mailbox
  const dailyLimit = limitOn(limitOfMailbox(mailbox), localDate(start, window.timezone))
  const { startMinute: windowStartMinute, endMinute: windowEndMinute } = window
  const gap = pace ?? { minGapSeconds: 0, gapJitterSeconds: 0 }
  return { dailyLimit: capacityOf({ ...gap, dailyLimit, windowStartMinute, windowEndMinute }).perDay }
}

/** What is left of the day at a step's time: of the window's, and of the campaign's where its own limit counts by that. */
function spanOf(time: Date, { window }: PlanMailbox, limitZone: string | null): Span {
  const closes = closesAt(window, time).getTime()
  const midnight = limitZone === null ? closes : nextMidnight(time, limitZone).getTime()
  return { from: time.getTime(), until: Math.min(closes, midnight) }
}

const LEADS_A_TURN = 100

type Run = { offset: number; leads: number }

/** Books as many leads as fit, `room` at the most, one after the other. Returns them in runs that keep the gap exactly. */
function* fillSlots(
  slots: Slots,
  spans: readonly Span[],
  { room, gapMs }: { room: number; gapMs: number },
): Generator<undefined, Run[]> {
  const runs: Run[] = []
  let next = 0
  for (let leads = 0; leads < room; leads++) {
    if (leads % LEADS_A_TURN === 0) yield
    const offset = slots.firstFree(spans, next)
    if (offset === null) break
    slots.take(spans, offset)
    const run = runs.at(-1)
    if (run && offset === run.offset + run.leads * gapMs) run.leads++
    else runs.push({ offset, leads: 1 })
    next = offset + gapMs
  }
  return runs
}

type Shared = { dailyLimit: number | null }

/**
 * Splits `leadCount` in proportion to the daily limits (largest remainder, so that the parts sum up). A mailbox
 * without a limit weighs as much as the largest limit among the others.
 */
export function shareOut(leadCount: number, mailboxes: readonly Shared[]): number[] {
  const largest = Math.max(1, ...mailboxes.map((mailbox) => mailbox.dailyLimit ?? 0))
  const weights = mailboxes.map((mailbox) => mailbox.dailyLimit ?? largest)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (leadCount * weight) / total)
  const shares = exact.map(Math.floor)
  const missing = leadCount - shares.reduce((sum, share) => sum + share, 0)
  exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
    .slice(0, missing)
    .forEach(({ index }) => {
      shares[index] = (shares[index] ?? 0) + 1
    })
  return shares
}
