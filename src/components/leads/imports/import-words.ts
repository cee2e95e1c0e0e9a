import { formatOf, formatShare } from '@/components/ui/numbers'
import type { ListedImport } from '../api-types'

/** The rows of a file that became no lead. */
export const leftOutOf = ({
  duplicate,
  invalid,
  suppressed,
  optedOut,
}: Pick<ListedImport, 'duplicate' | 'invalid' | 'suppressed' | 'optedOut'>) =>
  duplicate + invalid + suppressed + optedOut

/** How much of a file is through: "42 %". */
export const doneShare = ({ place, totalRows }: Pick<ListedImport, 'place' | 'totalRows'>) =>
  totalRows === null ? '' : formatShare(place, totalRows)

/** How far an import is, or how it ended, in a line. */
export function headline(
  row: Pick<ListedImport, 'status' | 'added' | 'existing' | 'removed' | 'batchId' | 'batchName'>,
): string {
  const leads = row.added + row.existing
  const into = `into “${row.batchName}”`
  switch (row.status) {
    case 'waiting':
      return `Waits to be imported ${into}`
    case 'running':
      return `Importing ${into}`
    case 'done':
      return leads > 0
        ? `${formatOf(leads, 'lead')} imported ${into}`
        : row.batchId
          ? `No row could be imported ${into}`
          : 'No row could be imported, so no batch was made'
    case 'failed':
      return leads > 0
        ? `Failed, with ${formatOf(leads, 'lead')} imported ${into} before`
        : 'Failed, with nothing imported'
    case 'cancelled':
      return leads > 0
        ? `Cancelled, with ${formatOf(leads, 'lead')} imported ${into} before`
        : 'Cancelled, with nothing imported'
    case 'rolling_back':
      return 'Rolling back'
    case 'rolled_back':
      return `Rolled back: ${formatOf(row.removed, 'lead')} taken out`
  }
}
