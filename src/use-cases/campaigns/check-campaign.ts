import { blockingChecks, type Check, type LeftOut } from '@/domain/campaign/preflight'
import { sentencesOf } from '@/domain/campaign/preflight-text'
import { DomainError } from '@/domain/errors'
import { getSettings } from '@/use-cases/settings/get-settings'
import { type CampaignWithParts, loadCampaign } from './load-campaign'
import { loadSendingMailboxes } from './load-sending-mailboxes'
import { checkGeneration } from './preflight/check-generation'
import { checkBatches, checkLeads, checkMailedBefore, countLeads } from './preflight/check-leads'
import { checkPace } from './preflight/check-pace'
import { checkSender, type SenderDeps } from './preflight/check-sender'
import { checkSequence, checkTemplates, findUnfitContent } from './preflight/check-sequence'
import type { PreflightDeps } from './preflight/preflight-deps'

export type Preflight = { checks: Check[]; ready: boolean; leads: number; emails: number; leftOut: LeftOut[] }

/** Everything that a start would refuse or warn of, without starting. @throws {DomainError} not_found */
export async function checkCampaign(deps: PreflightDeps, { campaignId }: { campaignId: string }): Promise<Preflight> {
  return preflightOf(deps, await loadCampaign(deps, campaignId))
}

/**
 * The preflight of a campaign that is loaded, as a start does under its lock: then with what was found of its content before,
 * and without what only warns.
 */
export async function preflightOf(
  deps: PreflightDeps,
  campaign: CampaignWithParts,
  content?: readonly Check[],
): Promise<Preflight> {
  const { sequence } = campaign
  const { eligible, leftOut } = await countLeads(deps, campaign.id)
  const settings = await getSettings(deps)
  const type = campaign.campaignType
  const checks = [
    ...(type === 'outreach'
      ? [
          checkLeads(campaign, eligible, leftOut),
          content ? null : await checkMailedBefore(deps, campaign),
          await checkBatches(deps, campaign),
        ]
      : await checkGeneration(deps, campaign)),
    ...(type === 'lead_generation'
      ? []
      : [
          checkSequence(campaign, sequence.length),
          ...(content ?? (await checkTemplates(deps, campaign, settings))),
          ...(await checkSender(deps, campaign, settings)),
          checkPace(await loadSendingMailboxes(deps, campaign), { leads: eligible, steps: sequence.length }),
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

/** What forbids a campaign's emails to leave, for its mailboxes, the link to unsubscribe, and the postal address. */
export async function checkLeaving(deps: SenderDeps, campaign: CampaignWithParts): Promise<Check[]> {
  if (campaign.campaignType === 'lead_generation') return []
  return blockingChecks(await checkSender(deps, campaign, await getSettings(deps)))
}

/**
 * Refuses to let a campaign's emails leave where a start would be refused for its sender: what was right at the start may
 * have changed. `refused` begins the sentence, as in `"Spring" can't be resumed`.
 * @throws {DomainError} not_ready
 */
export async function requireLeaving(deps: SenderDeps, campaign: CampaignWithParts, refused: string): Promise<void> {
  const blocking = await checkLeaving(deps, campaign)
  if (blocking.length === 0) return
  throw new DomainError('not_ready', `${refused}: ${sentencesOf(blocking)} Nothing was changed.`, {
    campaignId: campaign.id,
    blocking,
  })
}

/**
 * Refuses a change whose new content a start would refuse: steps that cannot be made for a lead of the campaign's batches, or
 * a sender that may not send. `campaign.sequence`: the steps whose content is new.
 * @throws {DomainError} not_ready
 */
export async function requireFitContent(
  deps: PreflightDeps,
  campaign: CampaignWithParts,
  refused: string,
): Promise<void> {
  const settings = await getSettings(deps)
  const { blocking: unfit } = await findUnfitContent(deps, campaign, settings)
  const blocking = [...unfit, ...blockingChecks(await checkSender(deps, campaign, settings))]
  if (blocking.length === 0) return
  throw new DomainError('not_ready', `${refused}: ${sentencesOf(blocking)} Nothing was changed.`, {
    campaignId: campaign.id,
    blocking,
  })
}
