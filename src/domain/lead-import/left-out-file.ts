import { type ColumnTarget, targetLabel } from '../lead/csv-mapping'
import { IMPORT_LIMITS } from '../lead/import-limits'

type Column = { name: string; target: ColumnTarget }
type LeftOut = { line: number; problem: string; cells: readonly string[] }

/**
 * The names of the columns of a file of rows that were left out, which can be imported as it is once they are corrected: all their
 * columns, `width` at least as far as a file may be wide, and two more that say why, which an import ignores.
 */
export const leftOutHeader = (columns: readonly Column[], width: number): string[] => [
  ...Array.from({ length: Math.min(Math.max(columns.length, width), IMPORT_LIMITS.columns) }, (_, i) =>
    nameOf(columns[i], i),
  ),
  'Left out: line',
  'Left out: reason',
]

/** A row of that file, as long as its header. */
export const leftOutRow = ({ line, problem, cells }: LeftOut, columns: number): string[] => [
  ...Array.from({ length: columns - 2 }, (_, i) => cells[i] ?? ''),
  String(line),
  problem,
]

// A file without a line of names gets one: a row could not be told from it otherwise.
function nameOf(column: Column | undefined, index: number): string {
  if (column?.name) return column.name
  if (!column || column.target === 'ignore') return `Column ${index + 1}`
  return column.target.startsWith('custom:') ? column.target.slice('custom:'.length) : targetLabel(column.target)
}
