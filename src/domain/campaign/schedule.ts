import { Temporal } from 'temporal-polyfill'
import { instantOf, zoned } from '../time/local-time'
import { nextOpening, type SendingWindow } from '../time/window'
import { cohortStarts, createCapacity, type DayCounts } from './capacity'

/** One step of a sequence as the planner sees it. The first step's `daysAfterPrevious` is not looked at. */
export type PlanStep = { stepNumber: number; templateId: string; daysAfterPrevious: number }

export type PlanMailbox = {
  id: string
  window: SendingWindow
  /** Emails a local day of the mailbox; null without a limit. */
  dailyLimit: number | null
  /** Emails that it already sent today or has planned, by its local day. */
  planned: DayCounts
}

/**
 * A run of leads (ranks 1..n in the order of planning, both ends included) that get one step from one mailbox at
 * one time. The plan is a list of these, so its size does not grow with the number of leads.
 */
export type PlanSlice = {
  fromRank: number
  toRank: number
  mailboxId: string
  stepNumber: number
  templateId: string
  scheduledFor: Date
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
 * When each step is due for leads that start at `start`: step 1 at the next opening; each later step the given
 * number of local days after the one before it, at step 1's local time (10:00 stays 10:00 across clock changes),
 * then moved to the next opening. Counting from the moved date, not from the start, keeps the gap: a Friday
 * start with steps a day apart gives Fri, Mon, Tue, never Mon twice. A step that was moved past step 1's time of day
 * (the mailbox lives in another zone than the campaign) lends its own to the next, or their gap would shrink to hours.
 */
export function stepTimes(start: Date, timezone: string, window: SendingWindow, steps: readonly PlanStep[]): Date[] {
  const times: Date[] = []
  let earliestTime: Temporal.PlainTime | undefined
  for (const step of steps) {
    const previous = times.at(-1)
    const first = times[0]
    if (!previous || !first) {
      times.push(nextOpening(window, start))
      continue
    }
    const timeOfFirst = zoned(first, timezone).toPlainTime()
    const plainTime =
      earliestTime && Temporal.PlainTime.compare(earliestTime, timeOfFirst) > 0 ? earliestTime : timeOfFirst
    const day = zoned(previous, timezone).toPlainDate().add({ days: step.daysAfterPrevious })
    const wanted = instantOf(day.toZonedDateTime({ timeZone: timezone, plainTime }))
    const due = nextOpening(window, wanted)
    earliestTime = due > wanted ? zoned(due, timezone).toPlainTime() : undefined
    times.push(due)
  }
  return times
}

/**
 * The whole campaign: every lead gets every step from one mailbox, leads are shared out in proportion to the
 * mailboxes' daily limits. Where capacity is enough, all leads get step k on the same day. Where it is not, they are
 * planned in cohorts: each starts on the first day on which all of its steps fit under the limits, so the plan never
 * exceeds one and every lead keeps its exact gaps.
 * @throws {RangeError} when a limit is too small to plan the campaign within ten years
 */
export function planCampaign({
  start,
  timezone,
  steps,
  leadCount,
  mailboxes,
  dailyLimit,
  planned,
}: PlanInput): PlanSlice[] {
  const slices: PlanSlice[] = []
  const ofCampaign = createCapacity(dailyLimit, timezone, planned)
  let rank = 1
  shareOut(leadCount, mailboxes).forEach((share, index) => {
    const mailbox = mailboxes[index]
    if (!mailbox) return
    const ofMailbox = createCapacity(mailbox.dailyLimit, mailbox.window.timezone, mailbox.planned)
    let left = share
    for (const cohortStart of cohortStarts(start, mailbox.window)) {
      if (left === 0) break
      const times = stepTimes(cohortStart, timezone, mailbox.window, steps)
      const leads = Math.min(left, ofMailbox.free(times), ofCampaign.free(times))
      if (leads === 0) continue
      ofMailbox.take(times, leads)
      ofCampaign.take(times, leads)
      steps.forEach(({ stepNumber, templateId }, i) => {
        const scheduledFor = times[i]
        if (!scheduledFor) return
        slices.push({
          fromRank: rank,
          toRank: rank + leads - 1,
          mailboxId: mailbox.id,
          stepNumber,
          templateId,
          scheduledFor,
        })
      })
      rank += leads
      left -= leads
    }
  })
  return slices
}

/**
 * Splits `leadCount` in proportion to the daily limits (largest remainder, so that the parts sum up). A mailbox
 * without a limit weighs as much as the largest limit among the others.
 */
export function shareOut(leadCount: number, mailboxes: readonly Pick<PlanMailbox, 'dailyLimit'>[]): number[] {
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
