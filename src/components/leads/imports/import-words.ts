import { formatShare } from '@/components/ui/numbers'
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
