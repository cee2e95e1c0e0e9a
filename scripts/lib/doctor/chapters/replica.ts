import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase } from '../../../../src/db/client'
import { selectPrimaryPosition, selectStandbyPosition } from '../../../../src/db/queries/maintenance/select-position'
import { MOST_BEHIND_MS } from '../../../../src/db/replica'
import { type Examination, fault, ok } from '../finding'

const LOOK_EVERY_MS = 100

/** The replica shows soon what is committed now; that it is a standby of this database is said with the database. */
export const replica: Examination = {
  name: 'replica',
  examine: async ({ sql, settings: { replicaUrl } }) => {
    if (!replicaUrl) return []
    const there = createDatabase(replicaUrl, { name: 'leadnexconnect-doctor', connections: 1 })
    try {
      const committed = await selectPrimaryPosition(sql)
      for (const began = performance.now(); committed; await sleep(LOOK_EVERY_MS)) {
        const shown = await selectStandbyPosition(there.sql)
        if (shown?.server !== committed.server) return []
        const tookMs = performance.now() - began
        if (shown.promotion === committed.promotion && shown.at >= committed.at)
          return [ok(`The replica shows what is committed after ${(tookMs / 1000).toFixed(1)} s.`)]
        if (tookMs > MOST_BEHIND_MS) return [tooFarBehind()]
      }
      return []
    } finally {
      await there.close()
    }
  },
}

const tooFarBehind = () =>
  fault(
    `The replica is more than ${MOST_BEHIND_MS / 1000} s behind, so that lists and results are read from the primary.`,
    'Look whether it follows (pg_stat_wal_receiver there, pg_stat_replication on the primary) and goes on (pg_is_wal_replay_paused). ' +
      'After a promotion it is used again from its next checkpoint on.',
  )
