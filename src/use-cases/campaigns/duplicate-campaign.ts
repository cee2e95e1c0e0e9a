import { randomUUID } from 'node:crypto'
import type { Deps } from '@/deps'
import type { CampaignDraft } from '@/domain/campaign/draft'
import { cutText } from '@/domain/cut-text'
import { textOf } from '@/use-cases/workflows/read-text'
import { createCampaign } from './create-campaign'
import { type CampaignWithParts, generationOf, loadCampaign } from './load-campaign'

/** A new draft with the same leads, sequence, mailboxes and schedule; nothing that was sent comes along. */
export async function duplicateCampaign(deps: Deps, { campaignId, by }: { campaignId: string; by: string }) {
  const source = await loadCampaign(deps, campaignId)
  const { campaignType } = source
  return createCampaign(deps, {
    campaignType,
    name: cutText(`${source.name} (copy)`, 120),
    description: source.description,
    timezone: source.timezone,
    ...(campaignType === 'outreach' ? { batchIds: source.batches.map(({ batchId }) => batchId) } : generation(source)),
    ...(campaignType === 'lead_generation' ? {} : { ...outreach(source), ...sequenceOf(source) }),
    ...(campaignType === 'fully_automated' ? { outreachDelayDays: source.outreachDelayDays } : {}),
    by,
  })
}

const outreach = (source: CampaignWithParts): CampaignDraft => ({
  useWorkflow: source.useWorkflow,
  emailTemplateId: source.emailTemplateId,
  dailyLimit: source.dailyLimit,
  continueAfterReply: source.continueAfterReply,
  stopSameCompany: source.stopSameCompany,
  leaveOutMailedBefore: source.leaveOutMailedBefore,
  mailboxIds: source.mailboxes.map(({ mailboxId }) => mailboxId),
})

/** The same workflow; or a copy of its own sequence, whose texts are its own again. */
function sequenceOf({ workflow, workflowId, useWorkflow, sequence }: CampaignWithParts): CampaignDraft {
  if (workflow || workflowId === null) return { workflowId }
  if (!useWorkflow || sequence.length === 0) return {}
  return {
    ownSteps: sequence.map(({ template, daysAfterPrevious, replyInThread }) => {
      const text = textOf(template, replyInThread)
      const what = text ? { text: { ...text, id: randomUUID() } } : { templateId: template.id }
      return { ...what, daysAfterPrevious, replyInThread }
    }),
  }
}

function generation(source: CampaignWithParts): CampaignDraft {
  const { nextRunAt: _, outreachDelayDays: _delay, maxResultsPerRun, ...rest } = generationOf(source)
  return { ...rest, ...(maxResultsPerRun === null ? {} : { maxResultsPerRun }) }
}
