import { expect, test } from 'vitest'
import { detailWords } from '@/components/settings/audit/detail-words'
import { isDryRun, RECORDED, recordOf } from '@/domain/audit/recorded'

test('a change of a campaign is told by its parts as screens name them, and never by marks of the program', () => {
  const change = { base: [], steps: [], addBatchIds: ['b'], takeOutLeadIds: ['l'] }
  const input = { campaignId: 'c', change, seen: '5f2a90c1', undoes: 2 }
  const { details } = recordOf(RECORDED['campaigns.applyChange'] ?? { act: 'campaign_changed' }, input)
  expect(detailWords(details)).toBe('undoes version 2, changed: sequence, batches added, leads taken out')
})

test('a reply is told by its kind, and a confirmation only where somebody gave one', () => {
  expect(detailWords({ kind: 'answer', confirmed: 0 })).toBe('answer')
  expect(detailWords({ kind: 'answer', confirmed: 2 })).toBe('answer, confirmed though suppressed 2')
})

test('a field without words of its own is told in words all the same', () => {
  expect(detailWords({ fields: 'fromName, dailyLimit', addedFrom: '2026-01-01' })).toBe(
    'changed: from name, daily limit, added from 2026-01-01',
  )
})

test('one import is one line: the check before it leaves none', () => {
  const rule = RECORDED['batches.importCsv']
  expect(rule && isDryRun(rule, { fileName: 'mine.csv', dryRun: true })).toBe(true)
})
