import { describe } from 'vitest'
import { killDatabase } from './scenarios/databases/kill-database'
import { restartDatabase } from './scenarios/databases/restart-database'
import { freezeWorkers } from './scenarios/freeze-workers'
import { killWorkers } from './scenarios/kill-workers'
import { wrongClocks } from './scenarios/wrong-clocks'
import { testInShort } from './support/short'

describe('processes, database and clocks that misbehave', () => {
  testInShort([killWorkers, freezeWorkers, restartDatabase, killDatabase, wrongClocks])
})
