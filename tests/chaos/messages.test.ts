import { describe } from 'vitest'
import { fuzzMessages } from './scenarios/fuzz-messages'
import { replyRaces } from './scenarios/reply-races'
import { testInShort } from './support/short'

describe('messages that nobody expects', () => {
  testInShort([fuzzMessages, replyRaces])
})
