import { describe, expect, it } from 'vitest'
import { consequences, type MassAsk } from '@/components/leads/mass/mass-text'

const ASKS: MassAsk[] = [
  { kind: 'status', status: 'not_interested' },
  { kind: 'status', status: 'contacted' },
  { kind: 'suppress' },
  { kind: 'delete' },
]
const COUNTED = {
  total: 9_999,
  isCounted: true,
  already: 12,
  emails: { planned: 0, held: 0, sent: 0, sending: 0, campaigns: 0 },
  replies: null,
  leftOut: {},
} as const

describe('what is said before an act on all that match', () => {
  it.each(ASKS)('has no number but that of the leads where nothing else is counted: %o', (ask) => {
    const said = consequences(ask, { total: 200_000, isCounted: false })
    expect(said.length).toBeGreaterThan(0)
    expect(said.join(' ')).not.toMatch(/\d|No email is/)
  })

  it('says so where the emails were counted and there are none', () => {
    expect(consequences({ kind: 'suppress' }, COUNTED).join(' ')).toContain('No email is planned for them.')
    expect(consequences({ kind: 'delete' }, COUNTED).join(' ')).toContain('No email is on record or planned.')
  })

  it('names what is skipped for a status that ends sequences, and nothing for another', () => {
    const skipped = (ask: MassAsk) =>
      consequences(ask, { total: 200_000, isCounted: false }).join(' ').includes('will be skipped')
    expect(ASKS.map(skipped)).toEqual([true, false, true, false])
  })
})
