import { describe } from 'vitest'
import { afterDowntime } from './scenarios/after-downtime'
import { dropConnections } from './scenarios/drop-connections'
import { pauseAndResume } from './scenarios/pause-and-resume'
import { refuseConnections } from './scenarios/refuse-connections'
import { shareLimit } from './scenarios/share-limit'
import { wrongPassword } from './scenarios/wrong-password'
import { testInShort } from './support/short'

describe('mail servers, limits and people that get in the way', () => {
  testInShort([dropConnections, shareLimit, pauseAndResume, wrongPassword, refuseConnections, afterDowntime])
})
