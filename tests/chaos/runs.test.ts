import { describe } from 'vitest'
import { killRuns } from './scenarios/kill-runs'
import { testInShort } from './support/short'

describe('workers that die during a run of lead generation', () => {
  testInShort([killRuns])
})
