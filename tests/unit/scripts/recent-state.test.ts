import { describe, expect, it } from 'vitest'
import { recentStateComplaint } from '../../../scripts/lib/database/recent-state'

const upTo = (last: number) => [
  ...Array.from({ length: last }, (_, i) => `${String(i + 1).padStart(4, '0')}_change`),
  'migration_lock.toml',
]
const STATES = ['0003_change.jsonl.gz', '0010_change.jsonl.gz']

describe('the state that the next migrations are tried on', () => {
  it('may have five migrations after it', () => {
    expect(recentStateComplaint(upTo(10), STATES)).toBeUndefined()
    expect(recentStateComplaint(upTo(15), STATES)).toBeUndefined()
  })

  it('is asked for with the sixth', () => {
    expect(recentStateComplaint(upTo(16), STATES)).toMatch(/^6 migrations since 0010_change.*SAVE_STATE=1/)
  })

  it('is asked for where there is none', () => {
    expect(recentStateComplaint(upTo(6), [])).toMatch(/^6 migrations since no state at all/)
  })
})
