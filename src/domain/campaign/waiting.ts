import type { Decision, DeferReason, WaitReason } from '../delivery/decide'
import { type EmailStatus, OPEN_STATUSES } from './progress'

/**
 * Reason why emails wait. Beside the gates' reasons: `due`, nothing keeps them and they leave with the next batches;
 * `retry`, the recipient's server refused for now; `put_back`, a refusal that was no fault of the recipient.
 */
export type WaitingReason = DeferReason | WaitReason | 'due' | 'retry' | 'put_back'

/**
 * Emails that wait for the same thing. `until`: the next time at which one of them may leave; null when that depends on
 * no clock.
 */
export type Waiting = { reason: WaitingReason; count: number; until: Date | null }

type StepCount = { stepNumber: number; status: EmailStatus; count: number }

/**
 * How many pending emails of each step have an open one before them. A lead's steps are planned together and left in
 * order, so each open mail of a step keeps one of the next step waiting.
 */
export function behindOpenStep(counts: readonly StepCount[]): ReadonlyMap<number, number> {
  const sum = (step: number | undefined, statuses: readonly string[]) =>
    counts.reduce(
      (total, { stepNumber, status, count }) =>
        stepNumber === step && statuses.includes(status) ? total + count : total,
      0,
    )
  const steps = [...new Set(counts.map(({ stepNumber }) => stepNumber))].sort((a, b) => a - b)
  return new Map(steps.map((step, i) => [step, Math.min(sum(step, ['pending']), sum(steps[i - 1], OPEN_STATUSES))]))
}

/** What an email that nothing but its mailbox and campaign can keep waits for. */
export const waitingFor = (decision: Decision): Pick<Waiting, 'reason' | 'until'> => {
  if (decision.kind === 'defer') return { reason: decision.reason, until: decision.until }
  return { reason: decision.kind === 'wait' ? decision.reason : 'due', until: null }
}

/** One group a reason, the largest first; groups without an email are none. */
export function mergeWaiting(groups: readonly Waiting[]): Waiting[] {
  const merged = new Map<WaitingReason, Waiting>()
  for (const group of groups) {
    if (group.count <= 0) continue
    const known = merged.get(group.reason)
    const times = [known?.until, group.until].filter((at) => at instanceof Date)
    merged.set(group.reason, {
      reason: group.reason,
      count: (known?.count ?? 0) + group.count,
      until: times.length > 0 ? new Date(Math.min(...times.map((at) => at.getTime()))) : null,
    })
  }
  return [...merged.values()].sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason))
}
