import { csvFile } from '@/domain/lead/csv-export'
import type { MappedColumn } from '@/domain/lead/csv-mapping'
import { leftOutHeader, leftOutRow } from '@/domain/lead-import/left-out-file'
import type { ImportProblem } from '../api-types'

/** The rows that a check leaves out as a file that can be imported as it is once they are corrected. */
export function leftOutFile(columns: readonly MappedColumn[], problems: readonly ImportProblem[]): string {
  const header = leftOutHeader(columns, Math.max(0, ...problems.map(({ cells }) => cells.length)))
  return csvFile(
    header,
    problems.map((problem) => leftOutRow(problem, header.length)),
  )
}
