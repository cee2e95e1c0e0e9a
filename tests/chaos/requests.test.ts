import { describe } from 'vitest'
import { unsubscribeLinks } from './scenarios/unsubscribe-links'
import { testInShort } from './support/short'

describe('what comes over HTTP', () => {
  testInShort([unsubscribeLinks])
})
