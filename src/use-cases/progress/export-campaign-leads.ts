import { reachOfSearch } from '@/db/queries/leads/search-leads'
import { selectEmailPlaces } from '@/db/queries/progress/select-campaign-emails'
import type { Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { EXPORTED_AT_ONCE, type ExportTable } from '@/domain/lists/exports'
import type { Place } from '@/domain/lists/place'
import { loadCampaign } from '@/use-cases/campaigns/load-campaign'
import { exportLeadsById } from '@/use-cases/leads/export-leads'

type Asked = { campaignId: string; search?: string | undefined }

/** The leads that a campaign writes to and that match, each once, as a table with all of their details. @throws {DomainError} not_found */
export async function exportCampaignLeads(deps: Deps, asked: Asked): Promise<ExportTable> {
  await loadCampaign(deps, asked.campaignId)
  return exportLeadsById(deps, leadsOf(deps.sql, asked))
}

/** By their first email, of which each has one. */
async function* leadsOf(sql: Sql, { campaignId, search }: Asked): AsyncGenerator<string[]> {
  const { searchAll } = await reachOfSearch(sql, search)
  for (let from: Place | null = null; ; ) {
    const read = { onwards: true, from, limit: EXPORTED_AT_ONCE }
    const places = await selectEmailPlaces(sql, { campaignId, stepNumber: 1, search, searchAll }, read)
    yield places.map(({ leadId }) => leadId)
    const last = places.at(-1)
    if (!last || places.length < EXPORTED_AT_ONCE) return
    from = { id: last.leadId, value: last.stepNumber }
  }
}
