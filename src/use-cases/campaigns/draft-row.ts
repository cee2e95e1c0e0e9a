import { brokenReference } from '@/db/errors'
import { setChosenBatches, setChosenMailboxes, updateCampaignIf } from '@/db/queries/campaigns/update-campaign-row'
import type { Tx } from '@/db/sql'
import type { CampaignDraft } from '@/domain/campaign/draft'
import { DomainError } from '@/domain/errors'

type StoredDraft = { campaignId: string; draft: CampaignDraft; onlyDraft: boolean; at: Date }

/**
 * Writes the fields that are given; with `onlyDraft`, only while the campaign still is a draft. Returns whether it was there to be
 * written.
 * @throws {DomainError} not_found when what was chosen is gone, by its field
 */
export async function storeDraft(tx: Tx, { campaignId, draft, onlyDraft, at }: StoredDraft): Promise<boolean> {
  const { batchIds, mailboxIds, ...patch } = draft
  try {
    if (!(await updateCampaignIf(tx, { campaignId, patch, onlyDraft, at }))) return false
    if (batchIds) await setChosenBatches(tx, campaignId, batchIds)
    if (mailboxIds) await setChosenMailboxes(tx, campaignId, mailboxIds)
    return true
  } catch (error) {
    const gone = CHOSEN[brokenReference(error) ?? '']
    if (!gone) throw error
    throw new DomainError(
      'not_found',
      `The ${gone.what} that was chosen does not exist any more. Nothing was saved. Choose another.`,
      { field: gone.field },
    )
  }
}

const CHOSEN: Readonly<Record<string, { what: string; field: keyof CampaignDraft }>> = {
  campaigns_workflow_id_fkey: { what: 'workflow', field: 'workflowId' },
  campaigns_email_template_id_fkey: { what: 'template', field: 'emailTemplateId' },
  campaign_batches_batch_id_fkey: { what: 'batch', field: 'batchIds' },
  campaign_mailboxes_mailbox_id_fkey: { what: 'mailbox', field: 'mailboxIds' },
}
