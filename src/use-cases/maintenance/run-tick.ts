import { insertClockJump } from '@/db/queries/campaigns/insert-clock-jump'
import { selectDueReaders } from '@/db/queries/conversations/claim-reader'
import { selectDueStarts, selectMailboxesWithDueEmails } from '@/db/queries/delivery/select-mailboxes-with-due-emails'
import { selectIdleImports } from '@/db/queries/lead-imports/move-import'
import { selectWorkingActs } from '@/db/queries/mass-acts/select-acts'
import { selectMailboxesWithDueReplies } from '@/db/queries/replies/select-due-replies'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { clockWords } from '@/domain/time/clock-samples'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { returnToDraft } from '@/use-cases/campaigns/return-to-draft'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { completeProviderIds } from '@/use-cases/conversations/complete-provider-ids'
import { scheduleCopies } from '@/use-cases/conversations/schedule-copies'
import { clearTimesAhead } from '@/use-cases/delivery/clear-times-ahead'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { rescheduleOverdue } from '@/use-cases/delivery/reschedule-overdue'
import { resolveHeldBySetting } from '@/use-cases/delivery/resolve-held'
import { expireSourceCalls } from '@/use-cases/lead-generation/expire-source-calls'
import { planDueBatches } from '@/use-cases/lead-generation/plan-due-batches'
import { startDueRuns } from '@/use-cases/lead-generation/start-due-runs'
import { clearSourceFields } from '@/use-cases/lead-sources/clear-source-fields'
import { recordNotifications } from '@/use-cases/notifications/record-notifications'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { resolveHeldReplies } from '@/use-cases/replies/resolve-held-reply'
import { recordAddressHashes } from '@/use-cases/suppression/record-address-hashes'
import { clearOldRows } from './clear-old-rows'

/**
 * Starts and enqueues due work; decides nothing about an email. Every part stands alone, so a missed, doubled or
 * half-done tick only delays: due starts, due runs and the batches they found, expired leases, held emails past their
 * time, times that a clock ahead has left, emails overdue by more than a day, a jump of the clock, completion, fields of a
 * lead source that may not be kept, sums of counts, hashes of addresses that have none, rows that nobody reads again, ids that providers gave, a
 * job for each mailbox whose answers are due to be read, one for each with copies for Sent, one for each with due replies, held
 * replies past their time, what people are told of, a job for each import that nobody works on, acts on many leads that are not over, and a send job for each with due email.
 */
export async function runTick(deps: Deps): Promise<{ mailboxes: number }> {
  for (const part of [
    startDueCampaigns,
    expireSourceCalls,
    startDueRuns,
    planDueBatches,
    holdExpiredLeases,
    resolveHeldBySetting,
    clearTimesAhead,
    rescheduleOverdue,
    tellClockJump,
    completeAll,
    clearSourceFields,
    rollUpCounts,
    recordAddressHashes,
    clearOldRows,
    completeProviderIds,
    enqueueReading,
    scheduleCopies,
    resolveHeldReplies,
    enqueueReplies,
    recordNotifications,
    enqueueImports,
    enqueueMassActs,
  ]) {
    await part(deps).catch((error: unknown) =>
      deps.log.error({ err: error, part: part.name }, 'a part of the tick failed'),
    )
  }
  const mailboxes = await selectMailboxesWithDueEmails(deps.sql, deps.clock.now())
  for (const { id } of mailboxes) await deps.queue.enqueueMailboxSend(id)
  return { mailboxes: mailboxes.length }
}

// Before the send jobs: what they may send depends on what was answered.
async function enqueueReading({ sql, clock, queue }: Deps): Promise<void> {
  for (const { mailboxId } of await selectDueReaders(sql, clock.realNow())) await queue.enqueueMailboxRead(mailboxId)
}

// Whoever wrote one has enqueued it: this finds what was lost on the way, and what waited for a limit or a mailbox.
async function enqueueReplies({ sql, clock, queue }: Deps): Promise<void> {
  for (const { id } of await selectMailboxesWithDueReplies(sql, clock.now())) await queue.enqueueReplies(id, 0)
}

// A chunk takes a second or so, and looking through a large file some.
const IMPORT_IDLE_MS = 60_000

// Whoever asked for one has enqueued it: this finds what was lost on the way, or with its worker.
async function enqueueImports({ sql, clock, queue }: Deps): Promise<void> {
  const since = new Date(clock.realNow().getTime() - IMPORT_IDLE_MS)
  for (const { id } of await selectIdleImports(sql, since)) await queue.enqueueImport(id)
}

// Whoever asked for one has enqueued it: this finds those whose worker has died.
async function enqueueMassActs({ sql, queue }: Deps): Promise<void> {
  for (const { id } of await selectWorkingActs(sql)) await queue.enqueueMassAct(id)
}

const TELL_JUMP_FOR_MS = 3_600_000

/** Writes a jump of the clock into the history of the campaigns that run. */
async function tellClockJump({ sql, clock }: Deps): Promise<void> {
  const jump = clock.notices?.().find(({ kind }) => kind === 'jumped')
  if (jump?.kind !== 'jumped' || clock.now().getTime() - jump.at.getTime() > TELL_JUMP_FOR_MS) return
  await insertClockJump(sql, { at: jump.at, message: clockWords(jump) })
}

const completeAll = (deps: Deps) => completeCampaigns(deps)

async function startDueCampaigns(deps: Deps): Promise<void> {
  const due = await selectDueStarts(deps.sql, deps.clock.now())
  for (const { id } of due) {
    try {
      await startCampaign(deps, { campaignId: id, by: null })
    } catch (error) {
      // Another worker was faster: nothing to report.
      if (error instanceof DomainError && error.code === 'already_running') continue
      // Any other refusal goes back to a person; trouble of our own is tried again by the next tick.
      if (error instanceof DomainError) await returnToDraft(deps, id, error.message)
      else deps.log.error({ campaign: id, err: error }, 'a due campaign could not be started')
    }
  }
}
