import { selectDatabaseTime } from '../../../../src/db/queries/maintenance/select-database-time'
import { selectStoredTime } from '../../../../src/db/queries/maintenance/select-stored-time'
import type { SqlPool } from '../../../../src/db/sql'
import { clockWords, isBehind } from '../../../../src/domain/time/clock-samples'
import { runningHolder } from '../../app/lock'
import { type Examination, type Finding, fault, ok } from '../finding'

// A code of a second factor is good for half a minute, and a certificate or a token that has just begun for less.
const MOST_MS = 5_000

/** This machine and the database agree on the time, and it is not before what is stored. */
export const clock: Examination = {
  name: 'clock',
  examine: async ({ sql, settings }) => {
    const before = Date.now()
    const row = await selectDatabaseTime(sql)
    if (!row) return [fault('The database did not say its time.')]
    // True somewhere between the two readings.
    const aheadMs = (before + Date.now()) / 2 - row.now.getTime()
    const isSimulated = (settings.clock ?? runningHolder(settings.dataDir)?.clock) !== undefined
    return [skewFinding(aheadMs), ...(isSimulated ? [] : await storedFindings(sql, row.now))]
  },
}

function skewFinding(aheadMs: number): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (Math.abs(aheadMs) <= MOST_MS) return ok('This machine and the database agree on the time.')
  return fault(
    `The clock of this machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} that of the database, so codes of second factors and sign-ins at providers fail.`,
    'Let both be set by the network: timedatectl set-ntp true.',
  )
}

async function storedFindings(sql: SqlPool, now: Date): Promise<Finding[]> {
  const stored = await selectStoredTime(sql)
  if (!stored?.latest || !isBehind(now, stored.latest)) return []
  return [fault(clockWords({ kind: 'behind', now, stored: stored.latest, wasSimulated: stored.simulated }))]
}
