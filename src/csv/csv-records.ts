import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { parse as parseAtOnce, CsvError as SyncCsvError } from 'csv-parse/sync'
import { DomainError } from '@/domain/errors'
import type { CsvDelimiter } from '@/domain/lead/csv-encodings'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
import { createTurns } from '@/lib/turns'

/** One record with the line of the file in which it begins. */
export type CsvRecord = {
  line: number
  /** At most as many as there may be columns. */
  cells: string[]
  /** How many values it has in the file, where those are more: no lead is made of it. */
  values?: number
}

/** How a file writes its values: what parts them, what stands around them, and what takes a quote its meaning. */
export type CsvDialect = { delimiter: CsvDelimiter; quote: '"' | "'"; escape: '"' | "'" | '\\' }

const LINE_BREAK = /\r\n|\n|\r/g

/**
 * Reads records one after the other. Blanks before a value do not count. Quotes inside unquoted values are taken as they
 * are; a quote that is never closed refuses the file with the line in which it opens, and so does a line that can be no row. Blank
 * lines are left out but counted. @throws {DomainError} unreadable_file
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
  const tooMany = () => tooManyDelimiters(fileName, numbered.next())
  try {
    const parser = parse(options)
    // A fault of the file ends the parser, and whoever reads no further ends the file.
    pipeline(Readable.from(inPieces(texts, { delimiter: dialect.delimiter, tooMany })), parser, () => undefined)
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

// The parser takes what it is given in one go.
const PIECE = 32 * 1024
// A row with more values than are read is left out; one with so many more would be cut into them first, in one go.
const MOST_DELIMITERS = 100_000

type Watched = { delimiter: string; tooMany(): DomainError }

/** The same text in pieces that are parsed in one turn each. No character is cut. Ends where a line has far too many values. */
async function* inPieces(texts: AsyncIterable<string>, { delimiter, tooMany }: Watched): AsyncGenerator<string> {
  const turns = createTurns()
  let delimiters = 0
  for await (const text of texts) {
    for (let from = 0; from < text.length; ) {
      const end = from + PIECE
      const cut = isHighSurrogate(text.charCodeAt(end - 1)) ? end + 1 : end
      const piece = text.slice(from, cut)
      const lineStart = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('\r')) + 1
      delimiters = (lineStart === 0 ? delimiters : 0) + countOf(piece.slice(lineStart), delimiter)
      if (delimiters > MOST_DELIMITERS) throw tooMany()
      yield piece
      from = cut
      if (turns.isOver()) await turns.pass()
    }
  }
}

const countOf = (text: string, delimiter: string) => text.split(delimiter).length - 1

const tooManyDelimiters = (fileName: string, line: number) =>
  new DomainError(
    'unreadable_file',
    `The row at line ${line} of "${fileName}" has more than ${MOST_DELIMITERS.toLocaleString('en-US')} values; at most ${IMPORT_LIMITS.columns} can be read. Nothing was imported. Remove what stands behind the last column, and try again.`,
    { fileName, line, limit: IMPORT_LIMITS.columns },
  )

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff

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
      const begins = line
      line += 1
      for (const cell of cells) if (cell !== '') line += cell.match(LINE_BREAK)?.length ?? 0
      if (!cells.some((cell) => cell.trim() !== '')) return null
      const values = cells.length
      if (values <= IMPORT_LIMITS.columns) return { line: begins, cells }
      return { line: begins, cells: cells.slice(0, IMPORT_LIMITS.columns), values }
    },
  }
}

/** Ends the parser: what stands behind the first records is not looked at. */
const ENOUGH = new Error('The records are enough')

/** The first records that are not blank, as far as they can be read in the head of a file. */
export function firstRecords(head: string, dialect: CsvDialect, count: number): CsvRecord[] {
  const records: CsvRecord[] = []
  const { take } = numberLines()
  const keep = (cells: string[]) => {
    const record = take(cells)
    if (record) records.push(record)
    if (records.length >= count) throw ENOUGH
    return null
  }
  try {
    parseAtOnce(head, { ...optionsOf(dialect), on_record: keep })
  } catch (error) {
    // The whole file has the same fault, which is reported when it is read.
    if (error !== ENOUGH && !(error instanceof SyncCsvError)) throw error
  }
  return records
}
