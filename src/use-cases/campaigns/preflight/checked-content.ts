import {
  isSuppressionLiftedSince,
  type Moment,
  selectLeadsChangedSince,
  selectMoment,
} from '@/db/queries/campaigns/select-leads-changed-since'
import { IN_LINE, type SqlPool, type Tx, transaction } from '@/db/sql'
import type { Check } from '@/domain/campaign/preflight'
import { DomainError } from '@/domain/errors'
import { getSettings } from '@/use-cases/settings/get-settings'
import { type CampaignWithParts, loadCampaign } from '../load-campaign'
import { findUnfitContent } from './check-sequence'
import { judgeSomeLeads } from './judge-leads'

/** What was found of a campaign's content, and what it was: a start makes sure that it still is so. */
export type CheckedContent = Moment & {
  blocking: Check[]
  /** The texts that were rendered and all that they were rendered with but the leads. */
  rendered: string
}

// Leads that were changed meanwhile and are judged under the campaign's locks; with more of them all are judged anew.
const CHANGED_LIMIT = 2_000
const ATTEMPTS = 3

/** Rolls back a transaction whose content is not what was checked. */
class ContentChanged extends Error {}

/**
 * Runs `work` in a transaction after the emails of all leads were judged, which takes too long for one that holds locks.
 * `work` asks `requireSame` once it holds the campaign; where the content was changed meanwhile, all begins anew.
 * @throws {DomainError} conflict where it is changed again and again
 */
export async function withCheckedContent<T>(
  deps: { sql: SqlPool },
  campaignId: string,
  work: (tx: Tx, content: CheckedContent) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const content = await checkContent(deps, campaignId)
    try {
      return await transaction(deps.sql, (tx) => work(tx, content), IN_LINE)
    } catch (error) {
      if (!(error instanceof ContentChanged)) throw error
    }
  }
  const { name } = await loadCampaign(deps, campaignId)
  throw new DomainError(
    'conflict',
    `The leads or templates of "${name}" were changed while they were being checked. Nothing was changed: try again.`,
    { campaignId },
  )
}

async function checkContent(deps: { sql: SqlPool }, campaignId: string): Promise<CheckedContent> {
  // First: what is saved from here on may have been read or not.
  const moment = await selectMoment(deps.sql, campaignId)
  const campaign = await loadCampaign(deps, campaignId)
  const settings = await getSettings(deps)
  const rendered = renderedOf(campaign, settings)
  if (!isStartable(campaign)) return { ...moment, rendered, blocking: [] }
  return { ...moment, rendered, blocking: (await findUnfitContent(deps, campaign, settings)).blocking }
}

// What else is wrong with one that has started, or has no emails, is beside the point.
const isStartable = ({ campaignType, status }: CampaignWithParts) =>
  campaignType !== 'lead_generation' && (status === 'draft' || status === 'scheduled')

/**
 * Makes sure that the content is what was checked, the few leads that were saved or added meanwhile included. The campaign, its
 * batches and the settings are locked.
 */
export async function requireSame(tx: Tx, campaign: CampaignWithParts, content: CheckedContent): Promise<void> {
  const settings = await getSettings({ sql: tx })
  const { rendered, blocking } = content
  if (rendered !== renderedOf(campaign, settings)) throw new ContentChanged()
  // Nothing will start, and the reason is that of a moment ago.
  if (blocking.length > 0 || campaign.campaignType === 'lead_generation') return
  if (await isSuppressionLiftedSince(tx, content)) throw new ContentChanged()
  const changed = await selectLeadsChangedSince(tx, { ...content, campaignId: campaign.id, limit: CHANGED_LIMIT + 1 })
  if (changed.length > CHANGED_LIMIT) throw new ContentChanged()
  if (changed.length === 0) return
  const ids = changed.map(({ id }) => id)
  const { problems } = await judgeSomeLeads(tx, campaign, { companyName: settings.companyName, ids })
  if (Object.values(problems).some(({ length }) => length > 0)) throw new ContentChanged()
}

function renderedOf(campaign: CampaignWithParts, { companyName }: { companyName: string }): string {
  const { name, continueAfterReply, leaveOutMailedBefore, sequence, batches, mailboxes } = campaign
  const sender = mailboxes[0]?.mailbox
  return JSON.stringify([
    name,
    continueAfterReply,
    leaveOutMailedBefore,
    batches.map(({ batchId }) => batchId),
    sender?.fromName,
    sender?.fromEmail,
    companyName,
    sequence.map(({ stepNumber, template: { id, subject, bodyText, bodyHtml, confirmedTexts } }) => [
      stepNumber,
      id,
      subject,
      bodyText,
      bodyHtml,
      confirmedTexts,
    ]),
  ])
}
