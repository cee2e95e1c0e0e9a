import type { Deps } from '@/deps'
import { refusedDeletion } from '@/domain/campaign/refused-act'
import { loadCampaign } from './load-campaign'

/**
 * Deletes a draft. A campaign that was started is the record of the emails it sent: it can be archived, not deleted.
 * @throws {DomainError} not_found, conflict
 */
export async function deleteCampaign({ db, sql }: Deps, { campaignId }: { campaignId: string }): Promise<void> {
  const { count } = await db.campaign.deleteMany({ where: { id: campaignId, status: 'draft' } })
  if (count === 0) throw refusedDeletion(await loadCampaign({ sql }, campaignId))
}
