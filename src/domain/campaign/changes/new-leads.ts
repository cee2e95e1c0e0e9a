import type { PlanSlice } from '../schedule'
import { affected, type ChangeEffect, type EmailsEffect } from './effect'
import { createDays } from './plan-change'

/** The effect of a change that plans these leads, too: each run of them at one time. */
export function withNewLeads(
  effect: EmailsEffect,
  { ids, slices }: { ids: readonly string[]; slices: readonly PlanSlice[] },
): EmailsEffect {
  if (slices.length === 0) return effect
  const days = createDays(effect.timezone)
  for (const { fromRank, toRank, stepNumber, scheduledFor } of slices)
    days.add('after', scheduledFor, stepNumber, toRank - fromRank + 1)
  const emails = slices.reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)
  const { firstAt, lastAt } = affected([
    ...slices.map(({ scheduledFor }) => scheduledFor),
    ...(effect.added.firstAt ? [effect.added.firstAt] : []),
    ...(effect.added.lastAt ? [effect.added.lastAt] : []),
  ])
  return {
    ...effect,
    added: { emails: effect.added.emails + emails, leads: effect.added.leads + ids.length, firstAt, lastAt },
    days: merged(effect.days, days.list()),
  }
}

function merged(days: ChangeEffect['days'], more: ChangeEffect['days']): ChangeEffect['days'] {
  const all = new Map(days.map((day) => [day.day, { ...day, after: { ...day.after } }]))
  for (const { day, after } of more) {
    const entry = all.get(day) ?? { day, before: {}, after: {} }
    for (const [step, emails] of Object.entries(after))
      entry.after[Number(step)] = (entry.after[Number(step)] ?? 0) + emails
    all.set(day, entry)
  }
  return [...all.values()].sort((a, b) => a.day.localeCompare(b.day))
}
