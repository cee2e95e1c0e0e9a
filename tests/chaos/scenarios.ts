import { afterDowntime } from './scenarios/after-downtime'
import { canarySecrets } from './scenarios/canary-secrets'
import { changeCampaigns } from './scenarios/change-campaigns'
import { failOver } from './scenarios/databases/fail-over'
import { killDatabase } from './scenarios/databases/kill-database'
import { readReplica } from './scenarios/databases/read-replica'
import { restartDatabase } from './scenarios/databases/restart-database'
import { frozenDatabase, fullDatabase, pooledDatabase, readOnlyDatabase } from './scenarios/databases/trouble-database'
import { dropConnections } from './scenarios/drop-connections'
import { freezeWorkers } from './scenarios/freeze-workers'
import { fuzzMessages } from './scenarios/fuzz-messages'
import { fuzzRequests } from './scenarios/fuzz-requests'
import { hostileInput } from './scenarios/hostile-input'
import { killAnsweringWorkers } from './scenarios/kill-answering-workers'
import { killReaders } from './scenarios/kill-readers'
import { killRuns } from './scenarios/kill-runs'
import { killWorkers } from './scenarios/kill-workers'
import { makePlans } from './scenarios/make-plans'
import { pauseAndResume } from './scenarios/pause-and-resume'
import { postfix } from './scenarios/postfix'
import { refuseConnections } from './scenarios/refuse-connections'
import { replyRaces } from './scenarios/reply-races'
import { rotateTokens } from './scenarios/rotate-tokens'
import { shareLimit } from './scenarios/share-limit'
import { unsubscribeLinks } from './scenarios/unsubscribe-links'
import { wrongClocks } from './scenarios/wrong-clocks'
import { wrongPassword } from './scenarios/wrong-password'
import type { Scenario } from './support/scenario'

/** Everything `npm run chaos` runs, in the order of the promises they prove. */
export const SCENARIOS: readonly Scenario[] = [
  killWorkers,
  dropConnections,
  freezeWorkers,
  restartDatabase,
  shareLimit,
  pauseAndResume,
  wrongPassword,
  refuseConnections,
  makePlans,
  afterDowntime,
  wrongClocks,
  killDatabase,
  frozenDatabase,
  fullDatabase,
  readOnlyDatabase,
  pooledDatabase,
  failOver,
  readReplica,
  killRuns,
  unsubscribeLinks,
  fuzzMessages,
  hostileInput,
  canarySecrets,
  fuzzRequests,
  killReaders,
  killAnsweringWorkers,
  replyRaces,
  changeCampaigns,
  rotateTokens,
  postfix,
]
