import { describe } from 'vitest'
import { canarySecrets } from './scenarios/canary-secrets'
import { hostileInput } from './scenarios/hostile-input'
import { testInShort } from './support/short'

describe('input that means harm, and what must stay inside', () => {
  testInShort([hostileInput, canarySecrets])
})
