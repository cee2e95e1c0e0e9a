import type { CsvDelimiter, CsvEncoding } from '../lead/csv-encodings'
import type { ColumnTarget } from '../lead/csv-mapping'
import type { OptOutChoice } from '../lead/opt-outs'

/** How a file is read, all of it decided, so that whoever goes on later reads it in the same way. */
export type ImportReading = {
  encoding: CsvEncoding
  delimiter: CsvDelimiter
  /** 0 where no line names the columns. */
  headerLine: number
  columns: readonly { name: string; target: ColumnTarget }[]
  optOuts: OptOutChoice
}
