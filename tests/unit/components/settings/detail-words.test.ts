import { expect, test } from 'vitest'
import { detailWords } from '@/components/settings/audit/detail-words'
import { RECORDED, recordOf } from '@/domain/audit/recorded'

test('a change of a campaign is told by its parts as screens name them, and never by marks of the program', () => {
  const change = { base: [], steps: [], addBatchIds: ['b'], takeOutLeadIds: ['l'] }
  const input = { campaignId: 'c', change, seen: '5f2a90c1', undoes: 2 }
  const { details } = recordOf(RECORDED['campaigns.applyChange'] ?? { act: 'campaign_changed' }, input)
  expect(detailWords(details)).toBe('undoes version 2, fields sequence, batches added, leads taken out')
})
