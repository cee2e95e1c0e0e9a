import { expect, it } from 'vitest'
import { addLedger, countProblem, emptyLedger, rowSize } from '@/domain/lead/import-ledger'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

const problem = (line: number, cells: string[] = []) =>
  ({ line, email: 'nobody', problem: 'the @ is missing', kind: 'invalid', cells }) as const

it('keeps all problems of a part, and lists the first of the whole while it counts all', () => {
  const ledger = emptyLedger()
  for (const first of [2, 1_002]) {
    const part = emptyLedger()
    for (let line = first + 999; line >= first; line--) countProblem(part, problem(line))
    expect(part.problems).toHaveLength(1_000)
    addLedger(ledger, part)
  }
  expect(ledger.problems.map(({ line }) => line)).toEqual(
    Array.from({ length: IMPORT_LIMITS.listedProblems }, (_, i) => i + 2),
  )
  expect(ledger).toMatchObject({ rows: 2_000, invalid: 2_000, added: 0, existing: 0, duplicate: 0, suppressed: 0 })
})

it('counts what is listed by values as well as by characters', () => {
  expect(rowSize([])).toBe(0)
  expect(rowSize(['', ''])).toBeGreaterThan(0)
  expect(rowSize(['abc'])).toBeGreaterThan(3)
  const part = emptyLedger()
  const wide = Array.from({ length: IMPORT_LIMITS.listedSize / 8 }, () => '')
  for (let line = 2; line < 10; line++) countProblem(part, problem(line, wide))
  const ledger = emptyLedger()
  addLedger(ledger, part)
  expect(ledger.problems.length).toBeLessThan(4)
  expect(ledger.listed).toBeLessThanOrEqual(IMPORT_LIMITS.listedSize)
  expect(ledger.invalid).toBe(8)
})
