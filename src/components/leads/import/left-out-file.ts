import { csvFile } from '@/domain/lead/csv-export'
import { type MappedColumn, targetLabel } from '@/domain/lead/csv-mapping'
import type { ImportProblem } from '../api-types'

/**
 * The rows that were left out as a file that can be imported as it is once they are corrected: all their columns, and two
 * more that say why, which an import ignores.
 */
export function leftOutFile(columns: readonly MappedColumn[], problems: readonly ImportProblem[]): string {
  const width = Math.max(columns.length, ...problems.map(({ cells }) => cells.length))
  const names = Array.from({ length: width }, (_, i) => nameOf(columns[i], i))
  const rows = problems.map(({ line, problem, cells }) => [
    ...names.map((_, i) => cells[i] ?? ''),
    String(line),
    problem,
  ])
  return csvFile([...names, 'Left out: line', 'Left out: reason'], rows)
}

// A file without a line of names gets one: a row could not be told from it otherwise.
function nameOf(column: MappedColumn | undefined, index: number): string {
  if (column?.name) return column.name
  if (!column || column.target === 'ignore') return `Column ${index + 1}`
  return column.target.startsWith('custom:') ? column.target.slice('custom:'.length) : targetLabel(column.target)
}
