import { describe } from 'vitest'
import { fuzzMessages } from './scenarios/fuzz-messages'
import { testInShort } from './support/short'

describe('messages that nobody expects', () => {
  testInShort([fuzzMessages])
})
