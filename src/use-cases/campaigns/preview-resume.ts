import { previewShift, type ShiftPreview } from '@/db/queries/delivery/shift-overdue'
import type { Deps } from '@/deps'
import { loadCampaign } from './load-campaign'

/** The emails that a resume at this moment would shift, and how far. Changes nothing. @throws {DomainError} not_found */
export async function previewResume(
  { sql, clock }: Deps,
  { campaignId }: { campaignId: string },
): Promise<ShiftPreview & { campaignId: string }> {
  await loadCampaign({ sql }, campaignId)
  const preview = await previewShift(sql, campaignId, clock.now())
  if (!preview) throw new Error('The preview has no row')
  return { campaignId, ...preview }
}
