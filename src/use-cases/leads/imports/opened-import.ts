import { type CsvFile, type CsvInput, type CsvLine, openCsv } from '@/csv/csv-file'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { ColumnTarget, MappedColumn } from '@/domain/lead/csv-mapping'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import type { ImportReading } from '@/domain/lead-import/reading'
import { targetsOf, watchColumns } from './map-lead-columns'

/** How a file was read. */
export type FileForm = {
  fileName: string
  encoding: CsvEncoding
  delimiter: CsvDelimiter
  /** 0 where no line names the columns. */
  headerLine: number
  firstLines: CsvLine[]
  /** Lines above the header that hold an address: they are not imported. */
  linesAbove: number[]
  columns: MappedColumn[]
}

export type OpenedImport = {
  file: CsvFile
  targets: readonly ColumnTarget[]
  /** How it was read; once its rows were read, a custom field that none of them fills counts as ignored. */
  form(): FileForm
}

type Asked = CsvInput & { mapping?: readonly ColumnTarget[] | undefined }

/** Opens a file of leads and maps its columns. @throws {DomainError} unreadable_file, missing_column, invalid_input */
export async function openImport(input: Asked): Promise<OpenedImport> {
  const { file, filled } = watchColumns(await openCsv(input))
  const targets = targetsOf(file, input)
  // Nobody wants a custom field that no row fills.
  const shownTarget = (i: number) => {
    const target = targets[i] ?? ('ignore' as const)
    return target.startsWith('custom:') && !filled.has(i) && !input.mapping ? ('ignore' as const) : target
  }
  const form = () => ({
    fileName: input.fileName,
    encoding: file.encoding,
    delimiter: file.delimiter,
    headerLine: file.headerLine,
    firstLines: file.firstLines,
    linesAbove: file.linesAbove,
    columns: file.columns.map((column, i) => ({ ...column, target: shownTarget(i) })),
  })
  return { file, targets, form }
}

/** How an opened file is read, for whoever goes on with it. */
export const readingOf = ({ file, targets }: OpenedImport, optOuts: OptOutChoice): ImportReading => ({
  encoding: file.encoding,
  delimiter: file.delimiter,
  headerLine: file.headerLine,
  columns: file.columns.map(({ name }, i) => ({ name, target: targets[i] ?? 'ignore' })),
  optOuts,
})

export const noRows = (fileName: string) =>
  new DomainError(
    'invalid_input',
    `"${fileName}" has column names but no rows. Nothing was imported. Choose a file with rows below its header.`,
  )
