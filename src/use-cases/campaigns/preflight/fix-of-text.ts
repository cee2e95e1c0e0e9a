import type { EmailTemplate } from '@/db/generated/client'
import type { Fix } from '@/domain/campaign/preflight'
import type { CampaignWithParts } from '../load-campaign'

/** Where the text of a step is put right: what is written in the campaign itself, in its step; else on the template's page. */
export const fixOfText = (
  { ownSequenceId }: Pick<CampaignWithParts, 'ownSequenceId'>,
  { id, workflowId }: Pick<EmailTemplate, 'id' | 'workflowId'>,
): Fix =>
  workflowId !== null && workflowId === ownSequenceId
    ? { kind: 'edit_step', step: 'sequence' }
    : { kind: 'edit_template', templateId: id }
