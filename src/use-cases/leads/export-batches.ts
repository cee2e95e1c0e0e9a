import type { Deps } from '@/deps'
import { type ExportTable, exportTime } from '@/domain/lists/exports'
import { listBatches } from './list-batches'

const PAGE_SIZE = 200

/** The batches whose name contains `search`, as a table. */
export async function exportBatches(deps: Pick<Deps, 'sql'>, { search }: { search?: string }): Promise<ExportTable> {
  async function* pages() {
    for (let page = 1; ; page++) {
      const { rows } = await listBatches(deps, { search, page, pageSize: PAGE_SIZE })
      yield rows.map(({ name, description, leadCount, campaignCount, activeCampaign, createdAt }) => [
        name,
        description,
        leadCount,
        campaignCount,
        activeCampaign?.name ?? null,
        exportTime(createdAt),
      ])
      if (rows.length < PAGE_SIZE) return
    }
  }
  return { header: ['batch', 'description', 'leads', 'campaigns', 'held_by_campaign', 'made_at'], pages: pages() }
}
