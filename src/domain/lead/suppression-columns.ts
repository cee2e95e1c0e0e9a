import { foldHeader } from './csv-headers'
import { isEmailHeader } from './csv-mapping'
import { normaliseEmail } from './email'
import { readSuppressed } from './suppression'

/** Which column of a table holds what is to be suppressed, and whether the first row only names the columns. */
export type SuppressionColumn = { column: number; hasHeader: boolean }

/** A column that may hold what is to be suppressed, as a person recognises it. */
export type CandidateColumn = { column: number; name: string; samples: string[] }

const DOMAIN_HEADERS: ReadonlySet<string> = new Set(['domain', 'address', 'value', 'companydomain', 'emaildomain'])
const SAMPLES = 3

/**
 * Finds the column of addresses; without one, that of domains. A name of a company such as "Booking.com" reads like a domain,
 * so that beside addresses no other column counts. Where several could be meant, returns them for a person to choose from.
 */
export function findSuppressionColumn(
  rows: readonly (readonly string[])[],
  chosen?: number,
): SuppressionColumn | { candidates: CandidateColumn[] } {
  const [first = [], ...below] = rows
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), 1)
  const isHeader = (column: number) => width > 1 && below.length > 0 && !readSuppressed(first[column] ?? '').ok
  if (chosen !== undefined) return { column: chosen, hasHeader: isHeader(chosen) }
  const named = headerColumn(first)
  if (named !== null) return { column: named, hasHeader: true }
  if (width === 1) return { column: 0, hasHeader: false }
  const columns = [...Array(width).keys()]
  const holding = (holds: (value: string) => boolean) =>
    columns.filter((i) => rows.some((cells) => cells[i] && holds(cells[i].trim())))
  const ofAddresses = holding((value) => value.includes('@') && normaliseEmail(value).ok)
  const able = ofAddresses.length > 0 ? ofAddresses : holding((value) => readSuppressed(value).ok)
  const [only] = able
  if (able.length < 2) return { column: only ?? 0, hasHeader: only !== undefined && isHeader(only) }
  return {
    candidates: able.map((column) => ({
      column,
      name: isHeader(column) ? (first[column]?.trim() ?? '') : '',
      samples: [...new Set(rows.map((cells) => cells[column]?.trim() ?? ''))]
        .filter((value) => readSuppressed(value).ok)
        .slice(0, SAMPLES),
    })),
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
