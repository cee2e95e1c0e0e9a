import type { RefusalKind } from '../lead-import/state'
import type { ChangeKind, ValueChange } from './csv-row'
import { IMPORT_LIMITS } from './import-limits'

export type RowProblem = {
  line: number
  email: string
  problem: string
  kind: RefusalKind
  /** The row as it stands in the file, so that it can be corrected and imported again. */
  cells: readonly string[]
}

/** How many values of a column were changed in a way, with one of them as an example. */
export type ChangedValues = { column: number; kind: ChangeKind; count: number; example: string }

/**
 * Counts of a file's rows, by what became of them:
 * `rows = added + existing + duplicate + invalid + suppressed + optedOut`, always.
 */
export type ImportLedger = {
  rows: number
  added: number
  /** Of the added: addresses that were emailed before, as leads that were deleted since. */
  mailedBefore: number
  existing: number
  duplicate: number
  invalid: number
  suppressed: number
  /** Left out because the file says that they want no email, or cannot be reached. */
  optedOut: number
  /** Of a part of a file all; of parts put together, the first by line that the import limits list. The counts hold all. */
  problems: RowProblem[]
  /** Size of the rows that are listed. */
  listed: number
  /** In the order of the columns. */
  changes: ChangedValues[]
}

/** A ledger before the first row. */
export const emptyLedger = (): ImportLedger => ({
  rows: 0,
  added: 0,
  mailedBefore: 0,
  existing: 0,
  duplicate: 0,
  invalid: 0,
  suppressed: 0,
  optedOut: 0,
  problems: [],
  listed: 0,
  changes: [],
})

/** Adds what a further part of the file has counted. Of its problems the first are listed, as many as there is room for. */
export function addLedger(ledger: ImportLedger, part: ImportLedger) {
  for (const count of COUNTS) ledger[count] += part[count]
  for (const problem of part.problems.toSorted(byLine)) {
    const size = rowSize(problem.cells)
    // What is listed goes to the browser in one answer.
    if (ledger.problems.length >= IMPORT_LIMITS.listedProblems || ledger.listed + size > IMPORT_LIMITS.listedSize) break
    list(ledger, problem, size)
  }
  for (const { column, kind, count, example } of part.changes) addChanges(ledger, { column, kind, count, example })
}

const COUNTS = ['rows', 'added', 'mailedBefore', 'existing', 'duplicate', 'invalid', 'suppressed', 'optedOut'] as const

/** Counts rows that became leads or were leads before. */
export function countLeads(
  ledger: ImportLedger,
  { added, existing, mailedBefore = 0 }: { added: number; existing: number; mailedBefore?: number },
) {
  ledger.added += added
  ledger.mailedBefore += mailedBefore
  ledger.existing += existing
  ledger.rows += added + existing
}

/** Counts a row that was left out, and lists it with its line. */
export function countProblem(ledger: ImportLedger, problem: RowProblem) {
  ledger[problem.kind] += 1
  ledger.rows += 1
  list(ledger, problem, rowSize(problem.cells))
}

function list(ledger: ImportLedger, problem: RowProblem, size: number) {
  ledger.listed += size
  ledger.problems.push(problem)
}

// Quotes, comma and bookkeeping: an empty value is not for nothing.
const CELL_SIZE = 4

/** What a row takes wherever it is kept or sent: its characters, and a few for each of its values. */
export const rowSize = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.length + CELL_SIZE, 0)

const byLine = (a: RowProblem, b: RowProblem) => a.line - b.line

/** Counts the values that were changed in a row that is taken. */
export function countChanges(ledger: ImportLedger, changes: readonly ValueChange[]) {
  for (const { column, kind, value } of changes)
    addChanges(ledger, { column, kind, count: 1, example: shortened(value) })
}

function addChanges(ledger: ImportLedger, more: ChangedValues) {
  const known = ledger.changes.find((change) => change.column === more.column && change.kind === more.kind)
  if (known) known.count += more.count
  else ledger.changes.push(more)
}

const EXAMPLE_LENGTH = 80

const shortened = (value: string) =>
  value.length > EXAMPLE_LENGTH ? `${[...value].slice(0, EXAMPLE_LENGTH - 1).join('')}…` : value

/** Problems of one kind are found a chunk later than others; people read them by line, and changes by column. */
export function sortLedger(ledger: ImportLedger): ImportLedger {
  ledger.problems.sort(byLine)
  ledger.changes.sort((a, b) => a.column - b.column || (a.kind < b.kind ? -1 : 1))
  return ledger
}
