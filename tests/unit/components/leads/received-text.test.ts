import { expect, it } from 'vitest'
import { effectWords, kindWords } from '@/components/leads/lead/received-text'
import { readEffects } from '@/domain/conversation/stored-effects'

it('says what kind of message it is', () => {
  const kinds = ['human', 'stop_request', 'out_of_office', 'automatic', 'bounce', 'complaint', 'own', 'unreadable']
  expect(kinds.map((kind) => kindWords(kind).word)).toEqual([
    'Reply',
    'Asked to be removed',
    'Out of office',
    'Automatic reply',
    'Bounce',
    'Marked as spam',
    'Written by hand',
    'Not readable',
  ])
})

it('says what a message did, a sentence each', () => {
  expect(effectWords({ leadStatus: 'replied', skipped: 2, companySkipped: 1 })).toEqual([
    'The lead became “Replied”.',
    'Stopped the sequence: 2 emails skipped.',
    '1 email to the same company skipped.',
  ])
  expect(effectWords({ deferred: 1, suppressed: ['ada@nordwind.example'], asksPerson: true })).toEqual([
    '1 email waits for the return.',
    'On the suppression list: ada@nordwind.example.',
    'Nothing is sent to this lead until a person has decided.',
  ])
  expect(effectWords({ heldResolved: true })).toEqual(['Showed that a held email was delivered.'])
})

it('says that a message changed nothing where it did, or where its effects are not known', () => {
  expect(effectWords({})).toEqual(['Changed nothing.'])
  expect(effectWords({ skipped: 0 })).toEqual(['Changed nothing.'])
  expect(readEffects({ skipped: 'two' })).toEqual({})
  expect(readEffects({ skipped: 2, more: 'words' })).toEqual({ skipped: 2 })
})
