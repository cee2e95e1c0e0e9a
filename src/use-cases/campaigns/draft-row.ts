import { brokenReference } from '@/db/errors'
import { setChosenBatches, setChosenMailboxes, updateCampaignIf } from '@/db/queries/campaigns/campaign-row'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import type { CampaignDraft } from '@/domain/campaign/draft'
import { DomainError } from '@/domain/errors'
import type { StepDraft } from '@/domain/workflow/steps'
import { prepareOwnSequence, saveOwnSequence } from '@/use-cases/workflows/save-own-sequence'

/** Fields to write, and the steps of the campaign's own sequence where they are among them. */
type PreparedDraft = { fields: Omit<CampaignDraft, 'ownSteps'>; steps?: StepDraft[] | undefined }

/**
 * Checks what was chosen and written, before anything is stored. `ownSequenceId`: the sequence that is the campaign's own; null where
 * it has none yet.
 * @throws {DomainError} not_found, invalid_input
 */
export async function prepareDraft(
  deps: Pick<Deps, 'db'>,
  { ownSteps, ...fields }: CampaignDraft,
  ownSequenceId: string | null,
): Promise<PreparedDraft> {
  await requireChoices(deps, fields, ownSequenceId)
  const steps = ownSteps && (await prepareOwnSequence(deps, { steps: ownSteps, workflowId: ownSequenceId }))
  return { fields, steps }
}

type StoredDraft = { campaignId: string; draft: PreparedDraft; onlyDraft: boolean; at: Date }

/**
 * Writes the fields that are given; with `onlyDraft`, only while the campaign still is a draft. Returns whether it was there to be
 * written.
 * @throws {DomainError} not_found when what was chosen is gone, by its field
 */
export async function storeDraft(tx: Tx, { campaignId, draft, onlyDraft, at }: StoredDraft): Promise<boolean> {
  const { batchIds, mailboxIds, ...patch } = draft.fields
  try {
    if (!(await updateCampaignIf(tx, { campaignId, patch, onlyDraft, at }))) return false
    if (draft.steps) {
      const workflowId = await saveOwnSequence(tx, { campaignId, steps: draft.steps, at })
      await updateCampaignIf(tx, { campaignId, patch: { useWorkflow: true, workflowId }, onlyDraft: true, at })
    }
    if (batchIds) await setChosenBatches(tx, campaignId, batchIds)
    if (mailboxIds) await setChosenMailboxes(tx, campaignId, mailboxIds)
    return true
  } catch (error) {
    const gone = CHOSEN[brokenReference(error) ?? '']
    if (!gone) throw error
    throw isGone(gone)
  }
}

type Choice = { what: string; field: keyof CampaignDraft }
const WORKFLOW: Choice = { what: 'workflow', field: 'workflowId' }
const TEMPLATE: Choice = { what: 'template', field: 'emailTemplateId' }
const CHOSEN: Readonly<Record<string, Choice>> = {
  campaigns_workflow_id_fkey: WORKFLOW,
  campaigns_email_template_id_fkey: TEMPLATE,
  campaign_batches_batch_id_fkey: { what: 'batch', field: 'batchIds' },
  campaign_mailboxes_mailbox_id_fkey: { what: 'mailbox', field: 'mailboxIds' },
}

const isGone = ({ what, field }: Choice) =>
  new DomainError(
    'not_found',
    `The ${what} that was chosen does not exist any more. Nothing was saved. Choose another.`,
    { field },
  )

/** Refuses what belongs to another campaign or to a step: it is in no list to choose from. */
async function requireChoices(
  { db }: Pick<Deps, 'db'>,
  { workflowId, emailTemplateId }: CampaignDraft,
  ownSequenceId: string | null,
): Promise<void> {
  const workflow = workflowId && (await db.workflow.findUnique({ where: { id: workflowId } }))
  const isOther = workflow && workflow.campaignId !== null && workflow.id !== ownSequenceId
  if (isOther || (workflow && !workflow.listed)) throw isGone(WORKFLOW)
  const template = emailTemplateId && (await db.emailTemplate.findUnique({ where: { id: emailTemplateId } }))
  if (template && template.workflowId !== null) throw isGone(TEMPLATE)
}
