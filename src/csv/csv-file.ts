import { cutText } from '@/domain/cut-text'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import type { CsvColumn } from '@/domain/lead/csv-mapping'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { sniffDialect } from './csv-dialect'
import { addressesAbove, findHeader, isSeparatorLine } from './csv-header'
import { type CsvRecord, firstRecords, readRecords } from './csv-records'
import type { CsvSource } from './csv-source'
import { type CsvText, openText, pastedSource } from './csv-text'

/** A file as it comes in: its bytes, or text that was pasted. */
export type CsvInput = {
  fileName: string
  source?: CsvSource | undefined
  text?: string | undefined
  encoding?: CsvEncoding | undefined
  delimiter?: CsvDelimiter | undefined
  /** The line that names the columns, counted from 1; 0 for none. Found without. */
  headerLine?: number | undefined
}

export type CsvFile = {
  encoding: CsvEncoding
  delimiter: CsvDelimiter
  /** 0 where no line names the columns: then the names are empty. */
  headerLine: number
  columns: CsvColumn[]
  /** The first rows, for what their values say of the columns. */
  head: string[][]
  /** The first lines of the file, one of which may name the columns. */
  firstLines: CsvLine[]
  /** Lines above the header that hold an address: no lead is made of them. */
  linesAbove: number[]
  /** Lines whose letters are not valid in the file's encoding. */
  badLines: ReadonlySet<number>
  /** The rows below the header, one after the other. @throws {DomainError} invalid_input beyond the limit of rows */
  rows(): AsyncGenerator<CsvRecord>
}

/** A line as a person recognises it: its first values, shortened. */
export type CsvLine = { line: number; text: string }

const SAMPLES_PER_COLUMN = 3
// Preambles (LinkedIn's "Notes:") are a few lines long.
const HEADER_SEARCH_RECORDS = 20
const HEAD_ROWS = 50
const LINE_LENGTH = 80
// What a value says of its column, and what a column may be called.
const SAMPLE_LENGTH = 80
const HEAD_VALUE_LENGTH = 500
const NAME_LENGTH = 200

/** Decodes a file and finds its delimiter, header and columns. @throws {DomainError} unreadable_file, invalid_input */
export async function openCsv(input: CsvInput): Promise<CsvFile> {
  const { fileName } = input
  const { encoding, head: start, badLines, read } = await textOf(input)
  const dialect = sniffDialect(start, input.delimiter)
  const records = firstRecords(start, dialect, HEADER_SEARCH_RECORDS + HEAD_ROWS)
  if (records.length === 0) {
    // A fault before the first record is reported here.
    for await (const _ of readRecords(read(), dialect, fileName)) break
    throw new DomainError('unreadable_file', `"${fileName}" is empty. Nothing was imported. Choose another file.`)
  }
  const searched = records.slice(0, HEADER_SEARCH_RECORDS).filter((record) => !isSeparatorLine(record))
  const header =
    input.headerLine === undefined ? findHeader(searched) : chosenHeader(records, input.headerLine, fileName)
  const below = records.filter((record) => record.line > (header?.line ?? 0) && !isSeparatorLine(record))
  const width = header ? widthOf(header) : Math.max(0, ...below.map(widthOf))
  if (width > IMPORT_LIMITS.columns) throw tooManyColumns(fileName, width)
  const head = below.slice(0, HEAD_ROWS)
  return {
    encoding,
    delimiter: dialect.delimiter,
    headerLine: header?.line ?? 0,
    columns: Array.from({ length: width }, (_, i) => ({
      name: header?.cells[i]?.trim().slice(0, NAME_LENGTH) ?? '',
      samples: samplesOf(head, i),
    })),
    head: head.map(({ cells }) => cells.map((cell) => cell.slice(0, HEAD_VALUE_LENGTH))),
    firstLines: searched.map(({ line, cells }) => ({ line, text: lineText(cells) })),
    linesAbove: header ? addressesAbove(searched, header) : [],
    badLines,
    rows: () => rowsBelow(readRecords(read(), dialect, fileName), header?.line ?? 0, fileName),
  }
}

/** All records of a file, the header included. @throws {DomainError} unreadable_file, invalid_input */
export async function* openTable(input: CsvInput): AsyncGenerator<CsvRecord> {
  const { head, read } = await textOf(input)
  yield* rowsBelow(readRecords(read(), sniffDialect(head, input.delimiter), input.fileName), 0, input.fileName)
}

const textOf = ({ fileName, source, text, encoding }: CsvInput): Promise<CsvText> =>
  source ? openText(source, fileName, encoding) : openText(pastedSource(text ?? '', fileName), fileName)

function chosenHeader(records: readonly CsvRecord[], line: number, fileName: string): CsvRecord | null {
  if (line === 0) return null
  const record = records.find((candidate) => candidate.line === line)
  if (record) return record
  throw new DomainError(
    'invalid_input',
    `Line ${line} of "${fileName}" cannot name the columns: it is blank, or too far down. Nothing was imported. Choose another line.`,
    { fileName, line },
  )
}

/** The number of its values in the file. */
const widthOf = ({ cells, values }: CsvRecord) => values ?? cells.length

const lineText = (cells: readonly string[]) => {
  const text = cells.map((cell) => cell.trim().slice(0, 2 * LINE_LENGTH)).join(', ')
  return text.length > LINE_LENGTH ? `${[...text.slice(0, 2 * LINE_LENGTH)].slice(0, LINE_LENGTH - 1).join('')}…` : text
}

function samplesOf(records: readonly CsvRecord[], index: number): string[] {
  const values = records.map(({ cells }) => cells[index]?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(values)]
    .slice(0, SAMPLES_PER_COLUMN)
    .map((value) => (value.length > SAMPLE_LENGTH ? `${cutText(value, SAMPLE_LENGTH - 1)}…` : value))
}

async function* rowsBelow(records: AsyncGenerator<CsvRecord>, headerLine: number, fileName: string) {
  let count = 0
  for await (const record of records) {
    if (record.line <= headerLine || (record.line === 1 && isSeparatorLine(record))) continue
    count += 1
    if (count > IMPORT_LIMITS.rows) {
      throw new DomainError(
        'invalid_input',
        `"${fileName}" has more than 100,000 rows. Nothing was imported. Split the file and import the parts into the same batch.`,
        { fileName, limit: IMPORT_LIMITS.rows },
      )
    }
    yield record
  }
}

const tooManyColumns = (fileName: string, columns: number) =>
  new DomainError(
    'invalid_input',
    `"${fileName}" has ${columns} columns; at most ${IMPORT_LIMITS.columns} can be read. Nothing was imported. Remove the columns you don't need.`,
    { fileName, columns, limit: IMPORT_LIMITS.columns },
  )
