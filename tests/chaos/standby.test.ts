import { describe } from 'vitest'
import { failOver } from './scenarios/databases/fail-over'
import { readReplica } from './scenarios/databases/read-replica'
import { testInShort } from './support/short'

describe('a primary that is lost, and a standby', () => {
  testInShort([failOver, readReplica])
})
