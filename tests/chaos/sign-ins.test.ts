import { describe } from 'vitest'
import { rotateTokens } from './scenarios/rotate-tokens'
import { testInShort } from './support/short'

describe('sign-ins at a provider', () => {
  testInShort([rotateTokens])
})
