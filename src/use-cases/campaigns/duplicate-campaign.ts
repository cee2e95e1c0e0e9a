import type { Deps } from '@/deps'
import type { CampaignDraft } from '@/domain/campaign/draft'
import { createCampaign } from './create-campaign'
import { type CampaignWithParts, generationOf, loadCampaign } from './load-campaign'

/** A new draft with the same leads, sequence, mailboxes and schedule; nothing that was sent comes along. */
export async function duplicateCampaign(deps: Deps, { campaignId, by }: { campaignId: string; by: string }) {
  const source = await loadCampaign(deps, campaignId)
  const { campaignType } = source
  return createCampaign(deps, {
    campaignType,
    name: `${source.name} (copy)`.slice(0, 120),
    description: source.description,
    timezone: source.timezone,
    ...(campaignType === 'outreach' ? { batchIds: source.batches.map(({ batchId }) => batchId) } : generation(source)),
    ...(campaignType === 'lead_generation' ? {} : outreach(source)),
    ...(campaignType === 'fully_automated' ? { outreachDelayDays: source.outreachDelayDays } : {}),
    by,
  })
}

const outreach = (source: CampaignWithParts): CampaignDraft => ({
  useWorkflow: source.useWorkflow,
  workflowId: source.workflowId,
  emailTemplateId: source.emailTemplateId,
  dailyLimit: source.dailyLimit,
  continueAfterReply: source.continueAfterReply,
  stopSameCompany: source.stopSameCompany,
  leaveOutMailedBefore: source.leaveOutMailedBefore,
  mailboxIds: source.mailboxes.map(({ mailboxId }) => mailboxId),
})

function generation(source: CampaignWithParts): CampaignDraft {
  const { nextRunAt: _, outreachDelayDays: _delay, maxResultsPerRun, ...rest } = generationOf(source)
  return { ...rest, ...(maxResultsPerRun === null ? {} : { maxResultsPerRun }) }
}
