import type { ListColumns } from '@/components/lists/columns/list-columns'
import { YIELD_HEADERS } from './yield-table'

/** The columns of what each source brought to a run, beside the source. */
export const RUN_COLUMNS: ListColumns = {
  name: 'run',
  labels: YIELD_HEADERS,
  standard: Object.keys(YIELD_HEADERS),
}
