import { type BatchRow, selectBatches } from '@/db/queries/leads/select-batches'
import type { Deps } from '@/deps'
import { type ExportTable, exportTime, RECORDS_AT_ONCE } from '@/domain/lists/exports'
import { namedListRead } from '@/domain/lists/named-list'

/** The batches whose name contains `search`, as a table. Each comes once, whatever is made or deleted meanwhile. */
export async function exportBatches({ sql }: Pick<Deps, 'sql'>, { search }: { search?: string }): Promise<ExportTable> {
  const read = namedListRead({ search, pageSize: RECORDS_AT_ONCE })
  async function* pages() {
    for (let behind: BatchRow | undefined; ; ) {
      const rows: BatchRow[] = await selectBatches(sql, { ...read, behind })
      yield rows.map(({ name, description, leadCount, campaignCount, activeCampaignName, createdAt }) => [
        name,
        description,
        leadCount,
        campaignCount,
        activeCampaignName,
        exportTime(createdAt),
      ])
      behind = rows.at(-1)
      if (!behind || rows.length < RECORDS_AT_ONCE) return
    }
  }
  return { header: ['batch', 'description', 'leads', 'campaigns', 'held_by_campaign', 'made_at'], pages: pages() }
}
