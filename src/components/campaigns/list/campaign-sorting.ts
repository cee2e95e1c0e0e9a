import type { Column } from '@/components/ui/data/data-table'
import { type CampaignSort, isFromTop } from '@/domain/campaign/sorts'
import type { CampaignType } from '@/domain/campaign/state'
import type { CampaignRow } from '../api-types'

export type CampaignSorting = {
  sort: CampaignSort
  descending: boolean
  hrefOf: (sort: CampaignSort, descending: boolean) => string
}

/** By what a click on the header of a column sorts; what is counted for each campaign of the page sorts nothing. */
const SORTS: Readonly<Record<string, CampaignSort>> = {
  name: 'name',
  status: 'status',
  ledger: 'sent',
  leads: 'leads',
  cap: 'limit',
  created: 'created',
}

/** The column, with the way in which a click on its header sorts. */
export function sortable(
  column: Column<CampaignRow>,
  type: CampaignType,
  { sort, descending, hrefOf }: CampaignSorting,
): Column<CampaignRow> {
  const by = column.key === 'next' && type === 'lead_generation' ? 'nextRun' : SORTS[column.key]
  if (!by) return column
  const isSorted = by === sort
  return {
    ...column,
    sortHref: hrefOf(by, isSorted ? !descending : isFromTop(by)),
    sorted: isSorted ? (descending ? 'descending' : 'ascending') : undefined,
  }
}
