import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseAtOnce, CsvError as SyncCsvError } from 'csv-parse/sync'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

/** One record with the line of the file in which it begins. */
export type CsvRecord = { line: number; cells: string[] }

/** How a file writes its values: what parts them, what stands around them, and what takes a quote its meaning. */
export type CsvDialect = { delimiter: CsvDelimiter; quote: '"' | "'"; escape: '"' | "'" | '\\' }

const LINE_BREAK = /\r\n|\n|\r/g

/**
 * Reads records one after the other. Blanks before a value do not count. Quotes inside unquoted values are taken as they
 * are; a quote that is never closed refuses the file with the line in which it opens. Blank lines are left out but counted.
 */
export async function* readRecords(
  texts: AsyncIterable<string>,
  dialect: CsvDialect,
  fileName: string,
): AsyncGenerator<CsvRecord> {
  const numbered = numberLines()
  // The parser's types know no other form of a record unless its columns have names.
  const on_record = numbered.take as unknown as (cells: string[]) => string[] | null
  const options = { ...optionsOf(dialect), on_record }
  try {
    const parser = parse(options)
    // A fault of the file ends the parser, and whoever reads no further ends the file.
    pipeline(Readable.from(texts), parser, () => undefined)
    yield* parser as AsyncIterable<CsvRecord>
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = numbered.next()
    throw new DomainError(
      'unreadable_file',
      `A quote that opens in the record at line ${line} of "${fileName}" is never closed. Nothing was imported. Close it, or double it (${dialect.quote}${dialect.quote}) if it belongs to the value, and try again.`,
      { fileName, line, parser: error.code },
    )
  }
}

const optionsOf = (dialect: CsvDialect) => ({
  ...dialect,
  // Spelled out: found by itself, it is taken from the first line, and a file with mixed ends would lose rows.
  record_delimiter: ['\r\n', '\n', '\r'],
  // A blank before a quote would make the quote part of the value.
  ltrim: true,
  relax_quotes: true,
  relax_column_count: true,
  max_record_size: IMPORT_LIMITS.recordLength,
})

// The parser's own line count takes CRLF inside quotes twice, so lines are counted here, as the records are cut.
function numberLines() {
  let line = 1
  return {
    /** The line in which the record after the last one begins. */
    next: () => line,
    take: (cells: string[]): CsvRecord | null => {
      const record = { line, cells }
      line += 1
      for (const cell of cells) line += cell.match(LINE_BREAK)?.length ?? 0
      return cells.some((cell) => cell.trim() !== '') ? record : null
    },
  }
}

/** The first records that are not blank, as far as they can be read in the head of a file. */
export function firstRecords(head: string, dialect: CsvDialect, count: number): CsvRecord[] {
  const records: CsvRecord[] = []
  const { take } = numberLines()
  const keep = (cells: string[]) => {
    const record = take(cells)
    if (record && records.length < count) records.push(record)
    return null
  }
  try {
    parseAtOnce(head, { ...optionsOf(dialect), on_record: keep })
  } catch (error) {
    // The whole file has the same fault, which is reported when it is read.
    if (!(error instanceof SyncCsvError)) throw error
  }
  return records
}
