import { expect, it } from 'vitest'
import { countProblem, emptyLedger } from '@/domain/lead/import-ledger'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'

it('counts problems beyond those it lists', () => {
  const ledger = emptyLedger()
  for (let line = 2; line <= IMPORT_LIMITS.listedProblems + 3; line++)
    countProblem(ledger, { line, email: 'nobody', problem: 'the @ is missing', kind: 'invalid', cells: [] })
  expect(ledger.problems).toHaveLength(10_000)
  expect(ledger.problems.at(-1)).toMatchObject({ line: 10_001 })
  expect(ledger).toMatchObject({ rows: 10_002, invalid: 10_002, added: 0, existing: 0, duplicate: 0, suppressed: 0 })
})
