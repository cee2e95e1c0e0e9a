import { IMPORT_LIMITS } from './import-limits'

export type RowProblem = { line: number; email: string; problem: string; kind: 'invalid' | 'duplicate' | 'suppressed' }

/**
 * Counts of a file's rows, by what became of them: `rows = added + existing + duplicate + invalid + suppressed`,
 * always.
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
  /** In the order of the lines; at most as many as the import limits list. The counts hold all. */
  problems: RowProblem[]
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
  problems: [],
})

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
  if (ledger.problems.length < IMPORT_LIMITS.listedProblems) ledger.problems.push(problem)
}

/** Problems of one kind are found a chunk later than others; people read them by line. */
export function sortProblems(ledger: ImportLedger): ImportLedger {
  ledger.problems.sort((a, b) => a.line - b.line)
  return ledger
}
