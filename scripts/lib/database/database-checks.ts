import type { DatabaseCheck, Look } from './checks/check'
import { otherProgram } from './checks/contents'
import { pooler } from './checks/pooler'
import { queue } from './checks/queue'
import { owner, rights } from './checks/rights'
import { searchPath } from './checks/schema'
import { encoding, readOnly, standby, version } from './checks/server'
import type { Refusal } from './connection-refusal'

/** One list for every command that works with a database, in the order in which a person puts things right. */
export const DATABASE_CHECKS: readonly DatabaseCheck[] = [
  pooler,
  version,
  encoding,
  standby,
  readOnly,
  searchPath,
  rights,
  owner,
  otherProgram,
  queue,
]

export type Checked = { fine: string; hidesRest: boolean; refusal: Refusal | null }

/** What each check finds, up to one that hides the rest. Changes nothing. */
export async function runChecks(look: Look, checks = DATABASE_CHECKS): Promise<Checked[]> {
  const done: Checked[] = []
  for (const { find, fine, hidesRest = false } of checks) {
    const refusal = await find(look)
    done.push({ fine, hidesRest, refusal })
    if (refusal && hidesRest) break
  }
  return done
}
