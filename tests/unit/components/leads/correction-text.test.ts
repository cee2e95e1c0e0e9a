import { expect, it } from 'vitest'
import { correctedFromWords, correctedWords, correctionWords } from '@/components/leads/lead/correction-text'

it('says what a message may be instead, in the words of what it was taken for', () => {
  expect(correctionWords({ kind: 'out_of_office', effects: {} }, 'nothing').label).toBe('It is no absence')
  expect(correctionWords({ kind: 'stop_request', effects: { asksPerson: true } }, 'stop_request').label).toBe(
    'Yes, it asks to be removed',
  )
  expect(correctedFromWords('out_of_office')).toBe('Corrected: it was taken for “Out of office”.')
  expect(correctedFromWords(null)).toBeNull()
})

it('says what followed', () => {
  expect(correctedWords({ plannedAgain: 2, skipped: 0 })).toBe('2 emails planned again.')
  expect(correctedWords({ plannedAgain: 0, skipped: 1 })).toBe('1 planned email skipped.')
  expect(correctedWords({ plannedAgain: 0, skipped: 0 })).toBe('No planned email changed.')
})
