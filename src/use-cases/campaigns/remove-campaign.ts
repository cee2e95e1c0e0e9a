import { archiveCampaignIf, unarchiveCampaignIf } from '@/db/queries/campaigns/move-campaign'
import { selectLedgers } from '@/db/queries/progress/select-ledger'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { ledgerOf } from '@/domain/campaign/progress'
import { refusedArchiving, refusedDeletion } from '@/domain/campaign/refused-act'
import { ARCHIVABLE } from '@/domain/campaign/state'
import { loadCampaign } from './load-campaign'

type Of = { campaignId: string }

/**
 * Deletes a draft. A campaign that was started is the record of the emails it sent: it can be archived, not deleted.
 * @throws {DomainError} not_found, conflict
 */
export async function deleteCampaign({ db, sql }: Deps, { campaignId }: Of): Promise<void> {
  const { count } = await db.campaign.deleteMany({ where: { id: campaignId, status: 'draft' } })
  if (count === 0) throw refusedDeletion(await loadCampaign({ sql }, campaignId))
}

/**
 * Takes a campaign off the lists: a draft, or one that is over and has no email that waits for a decision. Its record and its numbers
 * stay. What makes it run again brings it back by itself. Archiving twice is no error. @throws {DomainError} not_found, conflict
 */
export async function archiveCampaign({ sql, clock }: Deps, { campaignId, by }: Of & { by: string }): Promise<void> {
  // No email of it may be on its way out while they are counted.
  const archived = await withSendingBlocked(sql, (tx) =>
    archiveCampaignIf(tx, { id: campaignId, from: ARCHIVABLE, at: clock.now(), actor: by }),
  )
  if (archived) return
  const campaign = await loadCampaign({ sql }, campaignId)
  if (campaign.archivedAt) return
  throw refusedArchiving(campaign, ledgerOf(await selectLedgers(sql, [campaignId])))
}

/** Puts an archived campaign back on the lists, as it is. @throws {DomainError} not_found */
export async function unarchiveCampaign({ sql, clock }: Deps, { campaignId, by }: Of & { by: string }): Promise<void> {
  const back = await unarchiveCampaignIf(sql, { id: campaignId, at: clock.now(), actor: by })
  if (!back) await loadCampaign({ sql }, campaignId)
}
