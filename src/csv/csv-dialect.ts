import { CSV_DELIMITERS, type CsvDelimiter } from '@/domain/lead/csv-encodings'
import { isEmailHeader } from '@/domain/lead/csv-mapping'
import { type CsvDialect, type CsvRecord, firstRecords } from './csv-records'

const SNIFFED_RECORDS = 30
// Where the first records are longer, fewer of them tell as much.
const SNIFFED_CHARACTERS = 64 * 1024

/** How a file writes its values, found by its first characters; the delimiter is the one that is given, if one is. */
export function sniffDialect(head: string, chosen?: CsvDelimiter): CsvDialect {
  const quoting = sniffQuoting(head)
  return { delimiter: chosen ?? sniffDelimiter(head.slice(0, SNIFFED_CHARACTERS), quoting), ...quoting }
}

type Quoting = Omit<CsvDialect, 'delimiter'>

// A doubled quote may stand in a value; a single one parts it from what follows.
const SINGLE_QUOTED = /'(?:[^']|'')*'/
// In a file that doubles its quotes, a backslash before one can only stand at the end of a value.
const ESCAPED_QUOTE = /[^\\\r\n](?:\\\\)*\\"(?!\s*(?:[,;\t|\r\n]|$))/

/** `'…'` where every value of the first line is written so; `\"` for a quote in a value where the text shows one. */
function sniffQuoting(text: string): Quoting {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1)
  if (isInSingleQuotes(first.trim())) return { quote: "'", escape: "'" }
  return { quote: '"', escape: ESCAPED_QUOTE.test(text) ? '\\' : '"' }
}

/** Whether a line is values in single quotes, parted by one delimiter each. Every character is read a few times, however they stand. */
function isInSingleQuotes(line: string): boolean {
  if (!line.startsWith("'")) return false
  const [before, ...others] = line.split(SINGLE_QUOTED)
  return before === '' && others.pop() === '' && others.every(isDelimiter)
}

// A tab is a blank as well.
const isDelimiter = (between: string) =>
  between.trim() === '' ? between.includes('\t') : /^[,;|]$/.test(between.trim())

/**
 * The delimiter: that of a `sep=` line, else the one that leaves an address alone in its value most often, and among equals
 * the one that cuts most of the first records into the same number of columns. A file with a single column has none; then
 * it is the comma.
 */
function sniffDelimiter(text: string, quoting: Quoting): CsvDelimiter {
  const declared = /^sep=(.)\r?\n/i.exec(text)?.[1]
  const known = CSV_DELIMITERS.find(({ value }) => value === declared)
  if (known) return known.value
  let best: { delimiter: CsvDelimiter; fit: Fit } = { delimiter: ',', fit: { addresses: 0, share: 0, columns: 1 } }
  for (const { value: delimiter } of CSV_DELIMITERS) {
    const fit = fitOf(firstRecords(text, { delimiter, ...quoting }, SNIFFED_RECORDS))
    if (fit.columns > 1 && isBetter(fit, best.fit)) best = { delimiter, fit }
  }
  return best.delimiter
}

type Fit = { addresses: number; share: number; columns: number }

const isBetter = (a: Fit, b: Fit) => (a.addresses - b.addresses || a.share - b.share || a.columns - b.columns) > 0

const ADDRESS = /^[^\s@,;|<>()]+@[^\s@,;|<>()]+\.[^\s@,;|<>()]+$/
// No address and no name of a column is longer.
const LONGEST_SIGN = 320

const isSign = (cell: string) => {
  const text = cell.trim()
  return text.length <= LONGEST_SIGN && (ADDRESS.test(text) || isEmailHeader(text))
}

function fitOf(records: readonly CsvRecord[]): Fit {
  const widths = new Map<number, number>()
  let addresses = 0
  for (const { cells } of records) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
    if (cells.some(isSign)) addresses += 1
  }
  let columns = 1
  let count = 0
  for (const [width, times] of widths) {
    if (width > 1 && times > count) [columns, count] = [width, times]
  }
  return { addresses, share: records.length ? count / records.length : 0, columns }
}
