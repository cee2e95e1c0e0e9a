import { isEmailHeader } from '@/domain/lead/csv-mapping'
import { normaliseEmail, severalAddresses } from '@/domain/lead/email'
import type { CsvRecord } from './csv-records'

/** Excel's line that says what parts the values. */
export const isSeparatorLine = ({ cells }: CsvRecord) => /^sep=.?$/i.test(cells.join('').trim())

/**
 * The line that names the columns, among the first ones; null when there is none. It is the first that names a column of
 * addresses, if no row stands above it; else the first line as wide as the rows that stands above the first address. A line
 * with an address is a row: taken as names, it would be a lead lost.
 */
export function findHeader(records: readonly CsvRecord[]): CsvRecord | null {
  const [first = null] = records
  const row = records.findIndex(holdsAddress)
  const named = records.find((record) => record.cells.some(isEmailHeader) && !holdsAddress(record))
  if (named && !records.some((record) => isRowAbove(record, named))) return named
  if (row === -1) return first
  const width = records[row]?.cells.length
  return records.slice(0, row).find(({ cells }) => cells.length === width) ?? (row === 0 ? null : first)
}

/** Lines above the header that look like rows, or hold an address in words around a table. */
export const addressesAbove = (records: readonly CsvRecord[], header: CsvRecord): number[] =>
  records.filter((record) => record.line < header.line && holdsAddress(record)).map(({ line }) => line)

const isRowAbove = (record: CsvRecord, header: CsvRecord) =>
  record.line < header.line && record.cells.length === header.cells.length && holdsAddress(record)

const holdsAddress = ({ cells }: CsvRecord) =>
  cells.some((cell) => cell.includes('@') && (normaliseEmail(cell).ok || severalAddresses(cell).length > 0))
