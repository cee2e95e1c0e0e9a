import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMAIL_STATUSES, ledgerOf, nothingLeft, tooManyFailed } from '@/domain/campaign/progress'

describe('the ledger', () => {
  it('always sums to what was planned', () => {
    const counts = fc.array(fc.record({ status: fc.constantFrom(...EMAIL_STATUSES), count: fc.nat(10_000) }))
    fc.assert(
      fc.property(counts, (rows) => {
        const { planned, ...rest } = ledgerOf(rows)
        expect(planned).toBe(Object.values(rest).reduce((sum, count) => sum + count, 0))
        expect(planned).toBe(rows.reduce((sum, { count }) => sum + count, 0))
        expect(nothingLeft({ planned, ...rest })).toBe(rest.pending === 0 && rest.sending === 0 && rest.held === 0)
      }),
    )
  })

  it('hides no row whose state it does not know', () => {
    expect(() => ledgerOf([{ status: 'lost', count: 1 }])).toThrow('"lost" is no state of a planned email')
  })

  it('fails a campaign above half, never at ten emails or fewer', () => {
    expect(tooManyFailed({ failed: 6, planned: 11 })).toBe(true)
    expect(tooManyFailed({ failed: 6, planned: 12 })).toBe(false)
    expect(tooManyFailed({ failed: 10, planned: 10 })).toBe(false)
  })
})
