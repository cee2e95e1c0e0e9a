import type { Deps } from '@/deps'
import { createCampaign } from './create-campaign'
import { findCampaign } from './find-campaign'

/** A new draft with the same leads, sequence, mailboxes and schedule; nothing that was sent comes along. */
export async function duplicateCampaign(deps: Deps, { campaignId, by }: { campaignId: string; by: string }) {
  const source = await findCampaign(deps, campaignId)
  return createCampaign(deps, {
    campaignType: source.campaignType as 'outreach',
    name: `${source.name} (copy)`.slice(0, 120),
    description: source.description,
    timezone: source.timezone,
    useWorkflow: source.useWorkflow,
    workflowId: source.workflowId,
    emailTemplateId: source.emailTemplateId,
    dailyLimit: source.dailyLimit,
    batchIds: source.batches.map(({ batchId }) => batchId),
    mailboxIds: source.mailboxes.map(({ mailboxId }) => mailboxId),
    by,
  })
}
