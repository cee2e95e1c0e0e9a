import type { CampaignChange } from './input'
import { isSameSequence, type PresentStep, type ProposedStep } from './steps'

/** A change as it was made: of the sequence, both as they were then. */
export type MadeChange = {
  version: number
  steps: { before: readonly PresentStep[]; after: readonly ProposedStep[] } | null
  takeOutLeadIds: readonly string[]
  putBackLeadIds: readonly string[]
  addBatchIds: readonly string[]
  /** Batches that the campaign had already, of which leads were added that had joined them since; absent in old changes. */
  ownBatchIds?: readonly string[] | undefined
  addMailboxIds: readonly string[]
}

export type ReverseChange = {
  /** Without anything where nothing can be taken back. */
  change: CampaignChange
  /** What stays, and why, each in a sentence. */
  stays: string[]
}

type Now = {
  present: readonly PresentStep[]
  /** The last step that a lead has got; 0 for none. */
  reached: number
  /** Leads that it added with a batch, and who are still in the campaign. */
  addedLeadIds: readonly string[]
}

/**
 * The change that takes another back, as far as what came after it leaves something to take back. `since`: the changes that were
 * made after it, the oldest first. What was sent, or changed once more, stays, and is said.
 */
export function reverseOf(made: MadeChange, since: readonly MadeChange[], now: Now): ReverseChange {
  const stays: string[] = []
  const steps = made.steps ? reversedSteps({ ...made.steps }, since, now, stays) : null
  const takeOut = [...made.putBackLeadIds, ...now.addedLeadIds]
  if (made.addBatchIds.length > 0)
    stays.push('The batches stay with the campaign until it ends; their leads are taken out of it.')
  if (made.addMailboxIds.length > 0) stays.push('The mailboxes stay: leads are in conversations with them.')
  return {
    change: {
      ...(steps && !isSameSequence(now.present, steps) ? { steps, base: [...now.present] } : {}),
      ...(takeOut.length > 0 ? { takeOutLeadIds: takeOut } : {}),
      ...(made.takeOutLeadIds.length > 0 ? { putBackLeadIds: [...made.takeOutLeadIds] } : {}),
    },
    stays,
  }
}

/** The number that a step of that time has now; null where it is gone. */
function numberNow(step: number, since: readonly MadeChange[]): number | null {
  let number: number | null = step
  for (const { steps } of since) {
    if (!steps || number === null) continue
    const was: number = number
    const place = steps.after.findIndex((one) => one.was === was)
    number = place < 0 ? null : place + 1
  }
  return number
}

const FIELDS = ['templateId', 'daysAfterPrevious', 'replyInThread'] as const
const NAMES = { templateId: 'text', daysAfterPrevious: 'wait', replyInThread: 'thread' } as const

function reversedSteps(
  { before, after }: NonNullable<MadeChange['steps']>,
  since: readonly MadeChange[],
  { present, reached }: Now,
  stays: string[],
): ProposedStep[] {
  const steps: (ProposedStep | null)[] = present.map((step, i) => ({ ...step, was: i + 1 }))
  for (const [i, made] of after.entries()) {
    const number = numberNow(i + 1, since)
    const step = number === null ? null : steps[number - 1]
    if (!step || number === null) continue
    if (made.was === null) {
      if (number <= reached) stays.push(`Step ${number} stays: leads have got it, or a later one.`)
      else steps[number - 1] = null
      continue
    }
    const old = before[made.was - 1]
    for (const field of old ? FIELDS : []) {
      if (!old || old[field] === made[field]) continue
      if (step[field] !== made[field])
        stays.push(`The ${NAMES[field]} of step ${number} stays: it was changed once more.`)
      else Object.assign(step, { [field]: old[field] })
    }
  }
  const kept = new Set(after.map(({ was }) => was))
  const result = steps.filter((step) => step !== null)
  for (const [i, old] of before.entries()) {
    if (kept.has(i + 1)) continue
    // Behind the step that it followed, wherever that is now.
    const previous = after.findLastIndex(({ was }) => was !== null && was <= i)
    const place = previous < 0 ? null : numberNow(previous + 1, since)
    const at = place === null ? -1 : result.findIndex(({ was }) => was === place)
    const isFree = result.slice(at + 1).every(({ was }) => was === null || was > reached)
    if (at < 0 || !isFree) stays.push(`Step ${i + 1} of before stays out: leads have got a later one.`)
    else result.splice(at + 1, 0, { ...old, was: null })
  }
  return result
}
