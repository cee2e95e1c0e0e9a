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

/** What keeps the database from being used: all of it, but nothing behind a pooler that hides it, and of an older server its version alone. Changes nothing. */
export async function findRefusals(look: Look, checks = DATABASE_CHECKS): Promise<Refusal[]> {
  const refusals: Refusal[] = []
  for (const check of checks) {
    const refusal = await check.find(look)
    if (refusal) refusals.push(refusal)
    if (refusal && (check === version || check === pooler)) break
  }
  return refusals
}
