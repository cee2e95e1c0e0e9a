import { DomainError } from '@/domain/errors'
import type { CsvDelimiter, CsvEncoding } from '@/domain/lead/csv-encodings'
import { type CsvColumn, isEmailHeader } from '@/domain/lead/csv-mapping'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { type CsvRecord, firstRecords, readRecords, sniffDelimiter } from './csv-records'
import { checkText, type DecodedText, decodeText } from './csv-text'

/** A file as it comes in: bytes in base64, or text that was pasted. */
export type CsvInput = {
  fileName: string
  base64?: string | undefined
  text?: string | undefined
  encoding?: CsvEncoding | undefined
  delimiter?: CsvDelimiter | undefined
}

export type CsvFile = {
  encoding: CsvEncoding
  delimiter: CsvDelimiter
  headerLine: number
  columns: CsvColumn[]
  /** The rows below the header, one after the other. @throws {DomainError} invalid_input beyond the limit of rows */
  rows(): AsyncGenerator<CsvRecord>
}

const SAMPLES_PER_COLUMN = 3
// Preambles (LinkedIn's "Notes:") are a few lines long.
const HEADER_SEARCH_RECORDS = 20

/** Decodes a file and finds its delimiter, header and columns. @throws {DomainError} unreadable_file, invalid_input */
export async function openCsv(input: CsvInput): Promise<CsvFile> {
  const { text, encoding } = decodeInput(input)
  const delimiter = input.delimiter ?? sniffDelimiter(text)
  const head = firstRecords(text, delimiter, HEADER_SEARCH_RECORDS + SAMPLES_PER_COLUMN * 10)
  const header = findHeader(head)
  if (!header) {
    // A fault before the header is reported here.
    for await (const _ of readRecords(text, delimiter, input.fileName)) break
    throw new DomainError('unreadable_file', `"${input.fileName}" is empty. Nothing was imported. Choose another file.`)
  }
  if (header.cells.length > IMPORT_LIMITS.columns) throw tooManyColumns(input.fileName, header)
  const below = head.filter(({ line }) => line > header.line)
  return {
    encoding,
    delimiter,
    headerLine: header.line,
    columns: header.cells.map((cell, index) => ({ name: cell.trim(), samples: samplesOf(below, index) })),
    rows: () => rowsBelow(readRecords(text, delimiter, input.fileName), header.line, input.fileName),
  }
}

/** All records of a file, the header included. @throws {DomainError} unreadable_file, invalid_input */
export function openTable(input: CsvInput): AsyncGenerator<CsvRecord> {
  const { text } = decodeInput(input)
  const delimiter = input.delimiter ?? sniffDelimiter(text)
  return rowsBelow(readRecords(text, delimiter, input.fileName), 0, input.fileName)
}

function decodeInput({ fileName, base64, text, encoding }: CsvInput): DecodedText {
  if (base64 !== undefined) return decodeText(Buffer.from(base64, 'base64'), fileName, encoding)
  return checkText(text ?? '', fileName)
}

/** The first line that names a column of addresses; without one, the first line that is no `sep=` line. */
function findHeader(head: readonly CsvRecord[]): CsvRecord | undefined {
  const named = head.slice(0, HEADER_SEARCH_RECORDS).find(({ cells }) => cells.some(isEmailHeader))
  return named ?? head.find(({ cells }) => !/^sep=.?$/i.test(cells.join('').trim()))
}

function samplesOf(records: readonly CsvRecord[], index: number): string[] {
  const values = records.map(({ cells }) => cells[index]?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(values)]
    .slice(0, SAMPLES_PER_COLUMN)
    .map((value) => (value.length > 80 ? `${value.slice(0, 79)}…` : value))
}

async function* rowsBelow(records: AsyncGenerator<CsvRecord>, headerLine: number, fileName: string) {
  let count = 0
  for await (const record of records) {
    if (record.line <= headerLine) continue
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

const tooManyColumns = (fileName: string, header: CsvRecord) =>
  new DomainError(
    'invalid_input',
    `"${fileName}" has ${header.cells.length} columns; at most ${IMPORT_LIMITS.columns} can be read. Nothing was imported. Remove the columns you don't need.`,
    { fileName, columns: header.cells.length, limit: IMPORT_LIMITS.columns },
  )
