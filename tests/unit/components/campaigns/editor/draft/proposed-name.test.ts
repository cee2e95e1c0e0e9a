import { expect, test } from 'vitest'
import { proposedName } from '@/components/campaigns/editor/draft/proposed-name'

// Already Tuesday in Kiritimati, still Monday in Berlin.
const now = new Date('2026-03-02T14:00:00Z')
const name = (batches: string[], zone = 'Europe/Berlin') => proposedName('outreach', { batches, now, zone })

test('proposes the name of the batch, and how many more there are', () => {
  expect(name(['Spring fair'])).toBe('Spring fair')
  expect(name(['Spring fair', 'Trade press'])).toBe('Spring fair and 1 more batch')
  expect(name(['Spring fair', 'Trade press', 'Partners'])).toBe('Spring fair and 2 more batches')
})

test('proposes type and local day where there is no batch to name it after', () => {
  expect(name([])).toBe('Outreach of Mon 2 Mar')
  expect(name([], 'Pacific/Kiritimati')).toBe('Outreach of Tue 3 Mar')
  expect(proposedName('lead_generation', { batches: ['A'], now, zone: 'UTC' })).toBe('Lead generation of Mon 2 Mar')
})

test('proposes nothing that is too long to be saved', () => {
  expect(name(['x'.repeat(200), 'y'])).toHaveLength(120)
  expect(name(['x'.repeat(200), 'y'])).toMatch(/x and 1 more batch$/)
})
