import type { Mailbox } from '@/db/generated/client'
import type { StepCount } from '@/db/queries/progress/select-ledger'
import { type DueCount, selectDeferred, selectDue, selectNextDue } from '@/db/queries/progress/select-waiting'
import type { Deps } from '@/deps'
import type { CampaignStatus } from '@/domain/campaign/state'
import { behindOpenStep, mergeWaiting, type Waiting, waitingFor } from '@/domain/campaign/waiting'
import { DEFER_REASONS } from '@/domain/delivery/decide'
import { decideForMailbox } from '@/use-cases/delivery/decide-for-mailbox'

type Campaign = { id: string; status: CampaignStatus; timezone: string; dailyLimit: number | null }

/**
 * The reasons why pending emails of a campaign have not left, with counts: each email is in exactly one group. Reasons
 * of single leads (24 hours, status) are known once a worker has looked; before, such an email counts as due.
 */
export async function explainWaiting(
  deps: Pick<Deps, 'sql' | 'clock'>,
  campaign: Campaign,
  mailboxes: readonly Mailbox[],
  counts: readonly StepCount[],
  now: Date,
): Promise<Waiting[]> {
  const { sql } = deps
  const pending = counts.filter(({ status }) => status === 'pending')
  const total = pending.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return []
  if (campaign.status !== 'running') return [{ reason: 'campaign_not_running', count: total, until: null }]
  const ask = { campaignId: campaign.id, now, mailboxIds: mailboxes.map(({ id }) => id) }
  const behind = behindOpenStep(counts)
  const [gates, putOff] = await Promise.all([
    readGates(deps, campaign, mailboxes, now),
    selectDeferred(sql, { ...ask, codes: DEFER_REASONS }),
  ])
  const groups: Waiting[] = pending.map(({ stepNumber, firstAt }) => ({
    reason: 'previous_step_open',
    count: behind.get(stepNumber) ?? 0,
    until: firstAt > now ? firstAt : null,
  }))
  const somePutOff = putOff.length > 0
  const due = [true, false].map((isFirstStep) => countDue(pending, behind, gates, { now, isFirstStep, somePutOff }))
  const untold = [true, false].filter((_, i) => due[i] === null)
  if (untold.length > 0) due.push(await selectDue(sql, { ...ask, firstSteps: untold }))
  for (const { mailboxId, isFirstStep, count } of due.flatMap((counted) => counted ?? [])) {
    const gate = gates.find((of) => of.mailboxId === mailboxId && of.isFirstStep === isFirstStep)
    if (gate) groups.push({ ...gate.waits, count })
  }
  groups.push(...putOff)
  const rest = total - groups.reduce((sum, { count }) => sum + count, 0)
  if (rest > 0) {
    const next = await selectNextDue(sql, ask)
    groups.push({ reason: 'not_due', count: rest, until: next?.at ?? null })
  }
  return mergeWaiting(groups)
}

type Gate = { mailboxId: string; isFirstStep: boolean; waits: Pick<Waiting, 'reason' | 'until'> }

/** What a due email of each mailbox waits for, with a lead that nothing speaks against. */
async function readGates(
  deps: Pick<Deps, 'sql' | 'clock'>,
  campaign: Campaign,
  mailboxes: readonly Mailbox[],
  now: Date,
): Promise<Gate[]> {
  const gates = await Promise.all(
    mailboxes.map(async (mailbox) => {
      const decisions = await decideForMailbox(deps, { campaign, mailbox, now })
      return decisions.map(
        ({ isFirstStep, decision }): Gate => ({ mailboxId: mailbox.id, isFirstStep, waits: waitingFor(decision) }),
      )
    }),
  )
  return gates.flat()
}

/**
 * Due first emails, or follow-ups, from the counts by step alone, where they tell: each of these steps is due as a whole
 * or not at all, nothing was put off (within a day, the counts don't see that), and all mailboxes say the same. Null
 * otherwise. Counting rows takes the longest just then, when a large campaign has started.
 */
function countDue(
  pending: readonly StepCount[],
  behind: ReadonlyMap<number, number>,
  allGates: readonly Gate[],
  { now, isFirstStep, somePutOff }: { now: Date; isFirstStep: boolean; somePutOff: boolean },
): DueCount[] | null {
  const gates = allGates.filter((gate) => gate.isFirstStep === isFirstStep)
  const [gate] = gates
  const due = pending
    .filter(({ stepNumber, firstAt }) => (stepNumber === 1) === isFirstStep && firstAt <= now)
    .map(({ stepNumber, count, lastAt }) => ({ count: count - (behind.get(stepNumber) ?? 0), lastAt }))
    .filter(({ count }) => count > 0)
  if (!gate || due.length === 0) return []
  const same = gates.every(({ waits }) => JSON.stringify(waits) === JSON.stringify(gate.waits))
  if (!same || somePutOff || due.some(({ lastAt }) => lastAt > now)) return null
  return due.map(({ count }) => ({ ...gate, count }))
}
