import { selectCampaignPage } from '@/db/queries/campaigns/count-campaigns'
import type { Deps } from '@/deps'
import { type ExportTable, exportTime, RECORDS_AT_ONCE } from '@/domain/lists/exports'
import { type CampaignRow, type ListCampaigns, loadCampaignRows } from '@/use-cases/campaigns/list-campaigns'

const LEDGER = ['planned', 'pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'] as const

/**
 * The campaigns of one type that match, the newest first, each with its ledger and what came back, as a table. Each comes once,
 * whatever is made or deleted meanwhile.
 */
export async function exportCampaigns(
  deps: Deps,
  { type, status, search, archived = false }: Omit<ListCampaigns, 'page' | 'pageSize' | 'sort' | 'descending'>,
): Promise<ExportTable> {
  const asked = { type, status, search, archived, sort: 'created', descending: true, limit: RECORDS_AT_ONCE } as const
  async function* pages() {
    for (let behind: { createdAt: Date; id: string } | undefined; ; ) {
      const places = await selectCampaignPage(deps.sql, { ...asked, behind })
      const ids = places.map(({ id }) => id)
      yield (await loadCampaignRows(deps, ids)).map(toRow)
      behind = places.at(-1)
      if (!behind || places.length < RECORDS_AT_ONCE) return
    }
  }
  const header = ['campaign', 'type', 'status', 'reason', 'sequence', 'leads', ...LEDGER, 'contacted', 'replied']
  return { header: [...header, 'bounced', 'found', 'added', 'duplicate', 'made_at', 'completed_at'], pages: pages() }
}

const toRow = (row: CampaignRow) => [
  row.name,
  row.type,
  row.status,
  row.statusReason,
  row.sequenceName,
  row.leads,
  ...LEDGER.map((state) => row.ledger[state]),
  row.contacted,
  row.replied,
  row.bounced,
  row.generation?.found ?? null,
  row.generation?.added ?? null,
  row.generation?.duplicate ?? null,
  exportTime(row.createdAt),
  exportTime(row.completedAt),
]
