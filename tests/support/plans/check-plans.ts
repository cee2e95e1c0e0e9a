import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { type PlanInput, type PlanSlice, planCampaign } from '@/domain/campaign/schedule'
import { wallClock } from '../wall-clock'
import { anyPlan } from './any-plan'
import { isOpenByWallClock, planSlowly } from './slow-planner'

export type PlanFaults = {
  outsideWindow: number
  overLimit: number
  outOfOrder: number
  /** Leads without exactly one mailbox, or without each step exactly once. */
  leadsNotWhole: number
  /** Mailboxes whose share of the leads is a lead or more off their share of the limits. */
  sharesOff: number
  /** Plans that the slow planner makes otherwise: gaps, days, or a lead that could have started earlier. */
  otherwise: number
}

export type PlansSeen = {
  plans: number
  emails: number
  cohorts: number
  faults: PlanFaults
  counterexample: string | null
}

const NO_FAULTS: PlanFaults = {
  outsideWindow: 0,
  overLimit: 0,
  outOfOrder: 0,
  leadsNotWhole: 0,
  sharesOff: 0,
  otherwise: 0,
}

/** Makes so many plans and counts what is wrong with them. Ends with the smallest wrong one that it finds. */
export function checkPlans({ plans, seed }: { plans: number; seed: number }): PlansSeen {
  const seen = { plans: 0, emails: 0, cohorts: 0 }
  const property = fc.property(anyPlan, (input) => {
    const slices = planCampaign(input)
    seen.plans++
    seen.emails += input.leadCount * input.steps.length
    seen.cohorts += new Set(slices.map(({ fromRank }) => fromRank)).size
    return Object.values(faultsOf(input, slices)).every((count) => count === 0)
  })
  const { failed, counterexample } = fc.check(property, { numRuns: plans, seed })
  const [wrong] = counterexample ?? []
  const faults = wrong ? faultsOf(wrong, planCampaign(wrong)) : NO_FAULTS
  return { ...seen, faults, counterexample: failed ? fc.stringify(wrong) : null }
}

function faultsOf(input: PlanInput, slices: readonly PlanSlice[]): PlanFaults {
  const leads = byLead(slices, input)
  const shares = input.mailboxes.map(({ id }) => leads.filter(({ mailboxes }) => mailboxes.has(id)).length)
  const planned = leads.map(({ mailboxes, times }) => ({ mailboxId: [...mailboxes][0], times }))
  return {
    outsideWindow: slices.filter(({ mailboxId, scheduledFor }) => {
      const box = input.mailboxes.find(({ id }) => id === mailboxId)
      return !box || !isOpenByWallClock(box.window, scheduledFor)
    }).length,
    overLimit: daysOverLimit(input, slices),
    outOfOrder: leads.reduce((sum, { times }) => sum + countOutOfOrder(input, times), 0),
    leadsNotWhole: leads.filter(
      ({ mailboxes, steps }) =>
        mailboxes.size !== 1 || steps.length !== input.steps.length || new Set(steps).size !== steps.length,
    ).length,
    sharesOff: sharesOff(input, shares),
    otherwise: isDeepStrictEqual(planned, planSlowly(input, shares)) ? 0 : 1,
  }
}

function byLead(slices: readonly PlanSlice[], { leadCount }: PlanInput) {
  const leads = Array.from({ length: leadCount }, () => ({
    mailboxes: new Set<string>(),
    steps: [] as number[],
    times: [] as Date[],
  }))
  for (const { fromRank, toRank, mailboxId, stepNumber, scheduledFor } of slices) {
    for (const lead of leads.slice(fromRank - 1, toRank)) {
      lead.mailboxes.add(mailboxId)
      lead.steps.push(stepNumber)
      lead.times[stepNumber - 1] = scheduledFor
    }
  }
  return leads
}

const countOutOfOrder = ({ start }: PlanInput, times: readonly Date[]) =>
  times.filter((time, i) => time < (times[i - 1] ?? start) || time.getTime() === times[i - 1]?.getTime()).length

/** Days on which a mailbox, what it had booked before counted, or the campaign sends more than its limit. */
function daysOverLimit({ mailboxes, timezone, dailyLimit }: PlanInput, slices: readonly PlanSlice[]): number {
  const over = (own: readonly PlanSlice[], zone: string, limit: number | null, booked: ReadonlyMap<string, number>) => {
    const perDay = new Map<string, number>()
    for (const { scheduledFor, fromRank, toRank } of own) {
      const day = wallClock(scheduledFor, zone).date
      perDay.set(day, (perDay.get(day) ?? booked.get(day) ?? 0) + toRank - fromRank + 1)
    }
    return limit === null ? 0 : [...perDay.values()].filter((emails) => emails > limit).length
  }
  const ofMailboxes = mailboxes.map(({ id, window, dailyLimit: limit, planned }) =>
    over(
      slices.filter(({ mailboxId }) => mailboxId === id),
      window.timezone,
      limit,
      planned,
    ),
  )
  return over(slices, timezone, dailyLimit, new Map()) + ofMailboxes.reduce((sum, days) => sum + days, 0)
}

function sharesOff({ mailboxes, leadCount }: PlanInput, shares: readonly number[]): number {
  const largest = Math.max(1, ...mailboxes.map(({ dailyLimit }) => dailyLimit ?? 0))
  const weights = mailboxes.map(({ dailyLimit }) => dailyLimit ?? largest)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.filter((weight, i) => Math.abs((shares[i] ?? 0) - (leadCount * weight) / total) >= 1).length
}
