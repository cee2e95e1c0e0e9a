import { describe } from 'vitest'
import { fuzzRequests } from './scenarios/fuzz-requests'
import { unsubscribeLinks } from './scenarios/unsubscribe-links'
import { testInShort } from './support/short'

describe('what comes over HTTP', () => {
  testInShort([unsubscribeLinks, fuzzRequests])
})
