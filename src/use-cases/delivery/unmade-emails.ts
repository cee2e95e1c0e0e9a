import { clearFaultsInARow, failUnmadeIf } from '@/db/queries/delivery/fail-unmade'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import type { Deps } from '@/deps'
import { MAX_TEMPLATE_FAULTS } from '@/domain/delivery/template-faults'
import { pauseIfRunning } from './pause-if-running'

/** An email that a look tried to make: why it could not be, or null, and the name of its template. */
export type TriedEmail = { email: DueEmail; fault: string | null; template: string }

export type UnmadeEmails = {
  /** Records what became of the emails that were tried, in this order. */
  record(tried: readonly TriedEmail[]): Promise<void>
}

/**
 * Fails emails that cannot be made, each for itself: one lead without a value stops nobody else. Where the same template has
 * the same fault for several different leads in a row, its campaign pauses. The count is stored: a job may try few.
 */
export function createUnmadeEmails(deps: Deps): UnmadeEmails {
  const { sql, clock, log, measures } = deps
  // Campaigns whose count this job knows to be zero.
  const atZero = new Set<string>()

  async function noteMade(campaignId: string): Promise<void> {
    if (atZero.has(campaignId)) return
    await clearFaultsInARow(sql, campaignId)
    atZero.add(campaignId)
  }

  /** Fails the email; true when its campaign was paused for it and for those before. */
  async function fail({ email, template }: TriedEmail, reason: string): Promise<boolean> {
    const { id, campaignId, leadId, mailboxId, templateId } = email
    atZero.delete(campaignId)
    const failed = await failUnmadeIf(sql, { ...email, reason }, clock.now())
    if (!failed) return false
    measures?.emailsRecorded(mailboxId, 'failed')
    log.warn({ campaign: campaignId, scheduledEmail: id, lead: leadId, reason }, 'email could not be made')
    if (failed.inARow < MAX_TEMPLATE_FAULTS) return false
    await clearFaultsInARow(sql, campaignId)
    const why = `template “${template}” could not be made for ${failed.inARow} leads in a row: ${reason}`
    await pauseIfRunning(deps, { campaignId, reason: why, templateId })
    return true
  }

  async function record(tried: readonly TriedEmail[]): Promise<void> {
    const paused = new Set<string>()
    for (const one of tried) {
      const { campaignId } = one.email
      if (paused.has(campaignId)) continue
      if (one.fault === null) await noteMade(campaignId)
      else if (await fail(one, one.fault)) paused.add(campaignId)
    }
  }

  return { record }
}
