import { selectDueStarts, selectMailboxesWithDueMail } from '@/db/queries/select-mailboxes-with-due-mail'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { completeCampaigns } from './complete-campaigns'
import { recoverLeases } from './recover-leases'
import { resolveHeldBySetting } from './resolve-held'
import { returnToDraft } from './schedule-campaign'
import { startCampaign } from './start-campaign'

/**
 * Wakes work; it never decides about a mail. Every part stands alone, so a missed, doubled or half-done tick only
 * delays: due starts, lapsed leases, held mails past their time, completion, and a send job for each mailbox with due mail.
 */
export async function runTick(deps: Deps): Promise<{ mailboxes: number }> {
  await startDueCampaigns(deps)
  await recoverLeases(deps)
  await resolveHeldBySetting(deps)
  await completeCampaigns(deps)
  const mailboxes = await queryRows<{ id: string }>(deps.pool, selectMailboxesWithDueMail(deps.clock.now()))
  for (const { id } of mailboxes) await deps.queue.wakeMailbox(id)
  return { mailboxes: mailboxes.length }
}

async function startDueCampaigns(deps: Deps): Promise<void> {
  const due = await queryRows<{ id: string }>(deps.pool, selectDueStarts(deps.clock.now()))
  for (const { id } of due) {
    try {
      await startCampaign(deps, { campaignId: id, by: null })
    } catch (error) {
      // Another worker was faster: nothing to report. Any other refusal goes back to a person.
      if (!(error instanceof DomainError)) throw error
      if (error.code !== 'already_running') await returnToDraft(deps, id, error.message)
    }
  }
}
