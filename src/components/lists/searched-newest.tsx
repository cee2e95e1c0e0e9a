import { formatCount } from '@/components/ui/numbers'

/** Beside a search that could not look at all rows. */
export const SearchedNewest = ({ many, newest }: { many: string; newest: number }) => (
  <span className="text-caption text-ink-3">
    Searched in the newest {formatCount(newest)} {many}. A word of three letters or more may search all.
  </span>
)
