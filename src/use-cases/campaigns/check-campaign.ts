import { blockingChecks, type Check, type LeftOut } from '@/domain/campaign/preflight'
import { getSettings } from '@/use-cases/settings/get-settings'
import { type CampaignWithParts, loadCampaign } from './load-campaign'
import { checkGeneration } from './preflight/check-generation'
import { checkBatches, checkLeads, checkMailedBefore, countLeads } from './preflight/check-leads'
import { checkSender } from './preflight/check-sender'
import { checkSequence, checkTemplates } from './preflight/check-sequence'
import type { PreflightDeps } from './preflight/preflight-deps'

export type Preflight = { checks: Check[]; ready: boolean; leads: number; emails: number; leftOut: LeftOut[] }

/** Everything that a start would refuse or warn of, without starting. @throws {DomainError} not_found */
export async function checkCampaign(deps: PreflightDeps, { campaignId }: { campaignId: string }): Promise<Preflight> {
  return preflightOf(deps, await loadCampaign(deps, campaignId))
}

/** The preflight of a campaign that is loaded, as a start does under its lock. */
export async function preflightOf(deps: PreflightDeps, campaign: CampaignWithParts): Promise<Preflight> {
  const { sequence } = campaign
  const { eligible, leftOut } = await countLeads(deps, campaign.id)
  const settings = await getSettings(deps)
  const type = campaign.campaignType
  const checks = [
    ...(type === 'outreach'
      ? [
          checkLeads(campaign, eligible, leftOut),
          await checkMailedBefore(deps, campaign),
          await checkBatches(deps, campaign),
        ]
      : await checkGeneration(deps, campaign)),
    ...(type === 'lead_generation'
      ? []
      : [
          checkSequence(campaign, sequence.length),
          ...(await checkTemplates(deps, campaign, settings)),
          ...(await checkSender(deps, campaign, settings)),
        ]),
  ].filter((check) => check !== null)
  return {
    checks,
    ready: blockingChecks(checks).length === 0,
    leads: eligible,
    emails: eligible * sequence.length,
    leftOut,
  }
}
