import type { PlanSlice } from '../schedule'
import { affected, type EmailsEffect } from './effect'
import type { PlannedEmail } from './leaving'

/** The effect of a change that plans these leads, too: each run of them at one time. */
export function withNewLeads(
  effect: EmailsEffect,
  { ids, slices }: { ids: readonly string[]; slices: readonly PlanSlice[] },
): EmailsEffect {
  if (slices.length === 0) return effect
  const emails = slices.reduce((sum, { fromRank, toRank }) => sum + toRank - fromRank + 1, 0)
  const { firstAt, lastAt } = affected([
    ...slices.map(({ scheduledFor }) => scheduledFor),
    ...(effect.added.firstAt ? [effect.added.firstAt] : []),
    ...(effect.added.lastAt ? [effect.added.lastAt] : []),
  ])
  return {
    ...effect,
    added: { emails: effect.added.emails + emails, leads: effect.added.leads + ids.length, firstAt, lastAt },
  }
}

/** The emails of new leads one by one: each run of them is due together. */
export const emailsOfNewLeads = (slices: readonly PlanSlice[]): PlannedEmail[] =>
  slices
    .toSorted((a, b) => a.stepNumber - b.stepNumber)
    .flatMap(({ fromRank, toRank, mailboxId, stepNumber: step, scheduledFor: dueAt }) =>
      Array.from({ length: toRank - fromRank + 1 }, (_, i) => ({
        leadId: `new ${fromRank + i}`,
        mailboxId,
        step,
        dueAt,
      })),
    )
