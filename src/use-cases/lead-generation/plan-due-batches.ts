import { insertEvent } from '@/db/queries/campaigns/insert-event'
import {
  lockRunningCampaign,
  markRunPlannedIf,
  selectDueOutreach,
  selectLeadsToPlan,
} from '@/db/queries/lead-generation/plan-run'
import { closeSendGate } from '@/db/send-gate'
import { IN_LINE, type Tx, transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { counted } from '@/domain/counted'
import { DomainError } from '@/domain/errors'
import { createJudge } from '@/domain/message/judge'
import { findVariableProblems, type TemplateInUse } from '@/domain/message/problems'
import { createTrial, knownVariables, templatesInUse } from '@/domain/message/trial'
import type { LeadFacts } from '@/domain/message/variables'
import { createTurns } from '@/lib/turns'
import { requireLeaving } from '@/use-cases/campaigns/check-campaign'
import { type CampaignWithParts, loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { loadLockedMailboxes, lockSendingMailboxes } from '@/use-cases/campaigns/load-sending-mailboxes'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { planEmails } from '@/use-cases/campaigns/plan-emails'
import { getSettings } from '@/use-cases/settings/get-settings'

/**
 * Plans the emails of every batch whose outreach is due, in fully automated campaigns, each batch in its own campaign.
 * A batch that cannot be planned pauses its campaign.
 */
export async function planDueBatches(deps: Deps): Promise<void> {
  const due = await selectDueOutreach(deps.sql, deps.clock.now())
  for (const run of due) {
    try {
      await planBatch(deps, run)
    } catch (error) {
      // Windows or limits allow no plan, or a template has lost its sense: a person has to look, and trying again each
      // minute helps nobody.
      if (error instanceof DomainError && error.code === 'not_ready') {
        const { templateId } = error.details
        const template = typeof templateId === 'string' ? { templateId } : {}
        await pauseCampaign(deps, { campaignId: run.campaignId, by: null, reason: error.message, ...template }).catch(
          () => undefined,
        )
      } else deps.log.error({ campaign: run.campaignId, run: run.runId, err: error }, 'a batch could not be planned')
    }
  }
}

/** Plans one batch, all of it or nothing and only once; leads that the campaign has mailed or planned already are left out. */
async function planBatch(deps: Deps, { runId, campaignId }: { runId: string; campaignId: string }): Promise<void> {
  const planned = await transaction(
    deps.sql,
    async (tx) => {
      const locked = await lockSendingMailboxes(tx, campaignId)
      const at = deps.clock.now()
      if (!(await lockRunningCampaign(tx, campaignId))) return null
      const run = await markRunPlannedIf(tx, runId, at)
      if (!run) return null
      const campaign = await loadCampaign({ sql: tx }, campaignId)
      const leads = run.batchId ? await selectLeadsToPlan(tx, run.batchId, campaignId) : []
      const leadIds = (await leadsThatFit(tx, campaign, leads)).map(({ id }) => id)
      if (leadIds.length > 0)
        await requireLeaving({ ...deps, sql: tx }, campaign, 'The batch that is due was not planned')
      const { emails, leads: planned } = await planEmails(tx, deps, {
        campaign,
        mailboxes: await loadLockedMailboxes(tx, campaign, locked),
        leads: { count: leadIds.length, ids: leadIds },
        at,
      })
      const counts = { leads: planned, unfit: leads.length - leadIds.length, emails }
      const name = campaign.batches.find(({ batchId }) => batchId === run.batchId)?.batch.name ?? 'a deleted batch'
      const message = inWords(name, counts)
      await insertEvent(tx, { campaignId, at, kind: 'planned', actor: null, message, details: { runId, ...counts } })
      await closeSendGate(tx)
      return counts
    },
    IN_LINE,
  )
  if (planned) deps.log.info({ campaign: campaignId, run: runId, ...planned }, 'batch planned')
}

/** Leads for whom every email can be made. A source does not know everything of everybody: one that lacks a job title must not stop the rest. */
async function leadsThatFit<Lead extends LeadFacts>(
  tx: Tx,
  campaign: CampaignWithParts,
  leads: readonly Lead[],
): Promise<Lead[]> {
  const templates = templatesInUse(campaign.sequence)
  refuseUnknownVariables(campaign, templates, leads)
  const { companyName } = await getSettings({ sql: tx })
  const trialOf = createTrial(campaign, companyName)
  const judges = templates.map(({ compiled }) => createJudge(compiled))
  const turns = createTurns()
  const fit: Lead[] = []
  for (const lead of leads) {
    if (turns.isOver()) await turns.pass()
    const values = trialOf(lead)
    if (judges.every((judge) => judge.of(values).ok)) fit.push(lead)
  }
  return fit
}

/** As a start does, since a template may have been edited after it: everybody would be left out for good. */
function refuseUnknownVariables(
  campaign: CampaignWithParts,
  templates: readonly TemplateInUse[],
  leads: readonly LeadFacts[],
): void {
  const [unknown] = findVariableProblems({ templates, knownKeys: knownVariables(leads), valuesByLead: [] }).unknown
  if (!unknown) return
  const template = templates.find(({ id }) => id === unknown.templateId)
  throw new DomainError(
    'not_ready',
    `"${unknown.name}" in template "${template?.name}" is no variable. The batch that is due was not planned. Fix the template, then resume.`,
    { campaignId: campaign.id, templateId: unknown.templateId },
  )
}

function inWords(batch: string, { leads, unfit, emails }: { leads: number; unfit: number; emails: number }): string {
  const left = unfit > 0 ? `; ${unfit} left out, for whom an email cannot be made` : ''
  return `Planned "${batch}": ${counted(emails, 'email')} to ${counted(leads, 'lead')}${left}`
}
