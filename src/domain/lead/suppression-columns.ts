import { foldHeader } from './csv-headers'
import { isEmailHeader } from './csv-mapping'
import { normaliseEmail } from './email'
import { readSuppressed } from './suppression'

/** Which column of a table holds what is to be suppressed, and whether the first row only names the columns. */
export type SuppressionColumn = { column: number; hasHeader: boolean }

/** A column that may hold what is to be suppressed, as a person recognises it. */
export type CandidateColumn = { column: number; name: string; samples: string[] }

/** Looks at a table row by row, of which it keeps no more than the first row and a few samples. */
export type ColumnFinder = {
  /** Looks at the next row. */
  take(cells: readonly string[]): void
  /** The column by all rows that were taken, or those that could be meant, for a person to choose from. */
  found(): SuppressionColumn | { candidates: CandidateColumn[] }
}

const DOMAIN_HEADERS: ReadonlySet<string> = new Set(['domain', 'address', 'value', 'companydomain', 'emaildomain'])
const SAMPLES = 3

type Seen = { holdsAddress: boolean; samples: string[] }

/**
 * Finds the column of addresses; without one, that of domains. A name of a company such as "Booking.com" reads like a domain,
 * so that beside addresses no other column counts. `chosen`: the one that a person has chosen, from 0.
 */
export function createColumnFinder(chosen?: number): ColumnFinder {
  let first: readonly string[] = []
  let named: number | null = null
  let rows = 0
  let width = 1
  let hasAddresses = false
  // Of the columns in which something was found.
  const seen = new Map<number, Seen>()

  const isHeader = (column: number) => width > 1 && rows > 1 && !readSuppressed(first[column] ?? '').ok
  const look = (cell: string, column: number) => {
    const value = cell.trim()
    const known = seen.get(column)
    if (value === '' || (known?.holdsAddress && known.samples.length >= SAMPLES)) return
    const isAddress = value.includes('@') && normaliseEmail(value).ok
    // Beside addresses, whatever else a column holds is looked at only for its samples.
    if (!isAddress && hasAddresses && !known?.holdsAddress) return
    if (!isAddress && !readSuppressed(value).ok) return
    const own: Seen = known ?? { holdsAddress: false, samples: [] }
    hasAddresses ||= isAddress
    own.holdsAddress ||= isAddress
    if (own.samples.length < SAMPLES && !own.samples.includes(value)) own.samples.push(value)
    seen.set(column, own)
  }

  return {
    take(cells) {
      rows += 1
      width = Math.max(width, cells.length)
      if (rows === 1) {
        first = cells
        named = headerColumn(cells)
      }
      if (chosen === undefined && named === null) cells.forEach(look)
    },
    found() {
      if (chosen !== undefined) return { column: chosen, hasHeader: isHeader(chosen) }
      if (named !== null) return { column: named, hasHeader: true }
      if (width === 1) return { column: 0, hasHeader: false }
      const able = [...seen].filter(([, { holdsAddress }]) => holdsAddress === hasAddresses).sort(([a], [b]) => a - b)
      const [only] = able
      if (able.length < 2) return { column: only?.[0] ?? 0, hasHeader: only !== undefined && isHeader(only[0]) }
      return {
        candidates: able.map(([column, { samples }]) => ({
          column,
          name: isHeader(column) ? (first[column]?.trim() ?? '') : '',
          samples,
        })),
      }
    },
  }
}

/** Which column of a header counts; null when the row is no header. */
function headerColumn(cells: readonly string[]): number | null {
  if (cells.some((cell) => readSuppressed(cell).ok)) return null
  const emails = cells.findIndex(isEmailHeader)
  if (emails !== -1) return emails
  const domains = cells.findIndex((cell) => DOMAIN_HEADERS.has(foldHeader(cell)))
  return domains === -1 ? null : domains
}
