import { countTemplateFailure, resetTemplateFailures } from '@/db/queries/campaigns/count-template-failures'
import type { Deps } from '@/deps'
import type { Verdict } from '@/domain/delivery/outcome'
import { countTemplateFaults, MAX_TEMPLATE_FAULTS } from '@/domain/delivery/template-faults'
import type { DispatchedEmail } from './dispatch-batch'
import { pauseIfRunning } from './pause-if-running'

type JudgedForContent = Pick<DispatchedEmail, 'email'> & { verdict: Verdict }

/**
 * Pauses campaigns whose emails servers refuse for their content, for one job. The count is stored: a paced mailbox may send one email a
 * job.
 */
export function createTemplateFaults(deps: Deps) {
  const { sql } = deps
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
        if (row && row.inARow >= MAX_TEMPLATE_FAULTS) await pause(email, verdict.reason)
      }
    }
  }

  async function pause({ campaignId, templateId }: DispatchedEmail['email'], why: string): Promise<void> {
    await resetTemplateFailures(sql, campaignId)
    const reason = `emails were refused for their content: ${why}`
    await pauseIfRunning(deps, { campaignId, reason, templateId })
  }

  return { count }
}

export type TemplateFaults = ReturnType<typeof createTemplateFaults>
