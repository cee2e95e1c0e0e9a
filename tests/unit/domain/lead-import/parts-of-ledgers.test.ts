import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addLedger,
  countChanges,
  countLeads,
  countProblem,
  emptyLedger,
  type ImportLedger,
  sortLedger,
} from '@/domain/lead/import-ledger'

const row = fc.oneof(
  fc.record({ is: fc.constant('lead' as const), added: fc.boolean(), column: fc.nat(3) }),
  fc.record({
    is: fc.constant('problem' as const),
    kind: fc.constantFrom('invalid' as const, 'duplicate' as const, 'suppressed' as const, 'optedOut' as const),
    column: fc.nat(3),
  }),
)

type Row = typeof row extends fc.Arbitrary<infer One> ? One : never

function count(ledger: ImportLedger, one: Row, line: number) {
  if (one.is === 'problem') {
    countProblem(ledger, { line, email: 'x', problem: 'y', kind: one.kind, cells: ['x'] })
    return
  }
  countLeads(ledger, { added: one.added ? 1 : 0, existing: one.added ? 0 : 1 })
  countChanges(ledger, [{ column: one.column, kind: 'emptied', value: 'n/a' }])
}

it('parts of a file count as the whole does, wherever it is cut, and each ledger balances', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (rows, size) => {
      const whole = emptyLedger()
      const sum = emptyLedger()
      for (const [i, one] of rows.entries()) count(whole, one, i + 2)
      for (let i = 0; i < rows.length; i += size) {
        const part = emptyLedger()
        for (const [j, one] of rows.slice(i, i + size).entries()) count(part, one, i + j + 2)
        addLedger(sum, part)
      }
      expect(sortLedger(sum)).toEqual(sortLedger(whole))
      expect(sum.rows).toBe(sum.added + sum.existing + sum.duplicate + sum.invalid + sum.suppressed + sum.optedOut)
    }),
  )
})
