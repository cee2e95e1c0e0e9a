import type { Column } from '@/components/ui/data/data-table'
import { CheckboxInput } from '@/components/ui/fields/checkbox'
import { type CampaignSort, isFromTop } from '@/domain/campaign/sorts'
import type { CampaignType } from '@/domain/campaign/state'
import type { CampaignRow } from '../api-types'

export type CampaignSorting = {
  sort: CampaignSort
  descending: boolean
  hrefOf: (sort: CampaignSort, descending: boolean) => string
}

export type CampaignSelection = {
  ids: Pick<ReadonlySet<string>, 'has'>
  toggle: (rows: readonly CampaignRow[], on: boolean) => void
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

/** A column of checkboxes: of this page, and of each campaign. */
export function checkboxes(rows: readonly CampaignRow[], { ids, toggle }: CampaignSelection) {
  const chosen = rows.filter(({ id }) => ids.has(id)).length
  return {
    header: (
      <CheckboxInput
        aria-label="Select all campaigns on this page"
        checked={chosen === rows.length}
        indeterminate={chosen > 0 && chosen < rows.length}
        onChange={({ target }) => toggle(rows, target.checked)}
      />
    ),
    cell: (row: CampaignRow) => (
      <CheckboxInput
        className="relative z-10"
        aria-label={`Select ${row.name}`}
        checked={ids.has(row.id)}
        onChange={({ target }) => toggle([row], target.checked)}
      />
    ),
  }
}
