import type { Deps } from '@/deps'
import { type ExportTable, exportTime } from '@/domain/lists/exports'
import { type ListCampaigns, listCampaigns } from '@/use-cases/campaigns/list-campaigns'

const PAGE_SIZE = 100
const LEDGER = ['planned', 'pending', 'sending', 'held', 'sent', 'failed', 'skipped', 'cancelled'] as const

/** The campaigns of one type that match, each with its ledger and what came back, as a table. */
export async function exportCampaigns(
  deps: Deps,
  asked: Omit<ListCampaigns, 'page' | 'pageSize'>,
): Promise<ExportTable> {
  async function* pages() {
    for (let page = 1; ; page++) {
      const { rows } = await listCampaigns(deps, { ...asked, page, pageSize: PAGE_SIZE })
      yield rows.map((row) => [
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
      ])
      if (rows.length < PAGE_SIZE) return
    }
  }
  const header = ['campaign', 'type', 'status', 'reason', 'sequence', 'leads', ...LEDGER, 'contacted', 'replied']
  return { header: [...header, 'bounced', 'found', 'added', 'duplicate', 'made_at', 'completed_at'], pages: pages() }
}
