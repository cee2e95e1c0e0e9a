import { insertEvent } from '@/db/queries/campaigns/insert-event'
import {
  advanceNextRunIf,
  type DueRun,
  insertRun,
  selectDueRuns,
  selectOpenRuns,
} from '@/db/queries/lead-generation/create-due-run'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { missedRuns, nextRunAfter, type Recurrence } from '@/domain/lead-generation/recurrence'

/**
 * Creates the runs that are due, one for each campaign, and enqueues a job for every run that is not over. Missed runs
 * run once, in the place of the latest; after the end date none does.
 */
export async function startDueRuns(deps: Deps): Promise<void> {
  for (const due of await selectDueRuns(deps.sql, deps.clock.now())) {
    await createRun(deps, due).catch((error: unknown) =>
      deps.log.error({ campaign: due.campaignId, err: error }, 'a due run could not be created'),
    )
  }
  for (const { id } of await selectOpenRuns(deps.sql)) await deps.queue.enqueueRun(id)
}

async function createRun({ sql, clock, log }: Deps, campaign: DueRun): Promise<void> {
  const at = clock.now()
  const { campaignId, nextRunAt: from, endDate } = campaign
  const over = endDate !== null && at > endDate
  const { due, missed, next } = over ? { due: from, missed: 0, next: null } : timesOf(campaign, at)
  await transaction(sql, async (tx) => {
    if (!(await advanceNextRunIf(tx, { campaignId, from, to: next, at }))) return
    if (over) {
      const message = 'No further run: the end date has passed'
      await insertEvent(tx, { campaignId, at, kind: 'run_skipped', actor: null, message })
      return
    }
    const run = await insertRun(tx, { campaignId, dueAt: due, missedRuns: missed })
    if (!run) return
    const message = missed > 0 ? `Run due; it stands for ${counted(missed, 'missed run')} as well` : 'Run due'
    const details = { runId: run.id, missed }
    await insertEvent(tx, { campaignId, at, kind: 'run_due', actor: null, message, details })
    log.info({ campaign: campaignId, run: run.id, dueAt: due, missed }, 'run created')
  })
}

function timesOf(campaign: DueRun, at: Date) {
  const { isRecurring, recurringInterval, firstRunAt, nextRunAt, timezone, endDate } = campaign
  if (!isRecurring || !recurringInterval) return { due: nextRunAt, missed: 0, next: null }
  const recurrence: Recurrence = { first: firstRunAt, interval: recurringInterval, timezone, endDate }
  return { ...missedRuns(recurrence, nextRunAt, at), next: nextRunAfter(recurrence, at) }
}
