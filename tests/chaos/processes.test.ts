import { describe } from 'vitest'
import { freezeWorkers } from './scenarios/freeze-workers'
import { killDatabase } from './scenarios/kill-database'
import { killWorkers } from './scenarios/kill-workers'
import { restartDatabase } from './scenarios/restart-database'
import { wrongClocks } from './scenarios/wrong-clocks'
import { testInShort } from './support/short'

describe('processes, database and clocks that misbehave', () => {
  testInShort([killWorkers, freezeWorkers, restartDatabase, killDatabase, wrongClocks])
})
