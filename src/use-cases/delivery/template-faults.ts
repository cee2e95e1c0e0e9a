import { countTemplateFailure, resetTemplateFailures } from '@/db/queries/campaigns/count-template-failures'
import type { Deps } from '@/deps'
import type { Verdict } from '@/domain/delivery/outcome'
import { countTemplateFaults, MAX_TEMPLATE_FAULTS } from '@/domain/delivery/template-faults'
import { DomainError } from '@/domain/errors'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import type { DispatchedEmail } from './dispatch-batch'
import type { UnrenderableEmail } from './prepare-emails'

type JudgedForContent = Pick<DispatchedEmail, 'email'> & { verdict: Verdict }

/**
 * Pauses campaigns whose template is at fault, for one job. The count is stored: a paced mailbox may send one email a
 * job.
 */
export function createTemplateFaults(deps: Deps) {
  const { sql, log } = deps
  // Campaigns whose count this job knows to be zero.
  const atZero = new Set<string>()
  let turn: Promise<void> = Promise.resolve()

  /**
   * Counts refusals for content, and pauses each campaign that has had too many in a row. Batches are recorded side by
   * side, and counted one after the other: what is accepted between two refusals must not be overtaken by the second.
   */
  function count(judged: readonly JudgedForContent[]): Promise<void> {
    const counted = turn.then(() => countBatch(judged))
    turn = counted.catch(() => undefined)
    return counted
  }

  async function countBatch(judged: readonly JudgedForContent[]): Promise<void> {
    for (const [campaignId, own] of Map.groupBy(judged, ({ email }) => email.campaignId)) {
      const { restarts, faults, isZero } = countTemplateFaults(own, atZero.has(campaignId))
      if (restarts) await resetTemplateFailures(sql, campaignId)
      if (isZero) atZero.add(campaignId)
      else atZero.delete(campaignId)
      for (const { email, verdict } of faults) {
        const row = await countTemplateFailure(sql, campaignId, email.id)
        if (row && row.inARow >= MAX_TEMPLATE_FAULTS) await pause(campaignId, verdict.reason)
      }
    }
  }

  /** Pauses the campaigns of emails that could not be rendered, at the first. */
  async function pauseUnrenderable(unrenderable: readonly UnrenderableEmail[]): Promise<void> {
    for (const { email, reason } of unrenderable) await pause(email.campaignId, reason)
  }

  async function pause(campaignId: string, why: string): Promise<void> {
    await resetTemplateFailures(sql, campaignId)
    const reason = `an email could not be made or was refused for its content: ${why}`
    await pauseCampaign(deps, { campaignId, by: null, reason }).catch((error: unknown) => {
      // Somebody paused or stopped it meanwhile; then there is nothing left to do.
      if (!(error instanceof DomainError && error.code === 'illegal_move')) throw error
      log.info({ campaign: campaignId }, 'campaign was not running any more')
    })
  }

  return { count, pauseUnrenderable }
}

export type TemplateFaults = ReturnType<typeof createTemplateFaults>
