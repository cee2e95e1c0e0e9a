import { expect, it } from 'vitest'
import type { Conversation, MessageEntry } from '@/components/inbox/api-types'
import { stopInWords, stoppableIn } from '@/components/inbox/stop-request'

const message = (id: string, of: Partial<MessageEntry>) =>
  ({ is: 'message', id, kind: 'human', effects: {}, corrections: [], ...of }) as unknown as MessageEntry
const conversation = (entries: MessageEntry[], leadId: string | null = 'l1') =>
  ({ leadId, entries }) as unknown as Conversation

it('marks the latest message that may be a wish to be removed, and says what follows', () => {
  const shown = conversation([
    message('m1', { corrections: ['stop_request'] }),
    message('m2', { corrections: ['stop_request', 'nothing'] }),
    message('m3', { kind: 'bounce', corrections: ['nothing'] }),
  ])
  expect(stoppableIn(shown)?.id).toBe('m2')
  expect(stopInWords(shown)).toMatchObject({
    label: 'It asks to be removed',
    hint: 'The address goes on the suppression list.',
  })
})

it('says why there is nothing to mark', () => {
  const hintOf = (shown: Conversation) => {
    expect(stoppableIn(shown)).toBeUndefined()
    return stopInWords(shown).hint
  }
  expect(hintOf(conversation([message('m1', { kind: 'stop_request', corrections: ['reply', 'nothing'] })]))).toBe(
    'It is marked as a wish to be removed already.',
  )
  expect(hintOf(conversation([message('m1', { kind: 'bounce', corrections: ['nothing'] })]))).toBe(
    'No message here can be a wish to be removed.',
  )
  expect(hintOf(conversation([message('m1', {})], null))).toBe(
    'No email of ours was found that this belongs to: put the address on the suppression list instead.',
  )
})
