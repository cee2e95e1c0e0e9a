import {
  countRememberedHashes,
  hasSameConsentKey,
  insertRememberedOptOuts,
} from '@/db/queries/maintenance/keep-opt-outs'
import type { Tx } from '@/db/sql'

/**
 * Opt-outs of the replaced database that the backup lacks: `optOutsKept` are on the list again; `optOutsLost` were erased addresses,
 * known by hashes of a key that the backup has not got.
 */
export type KeptOptOuts = { optOutsKept: number; optOutsLost: number }

/** Adds what the replaced list said no to, once remembered, to the restored one: a no lasts for ever. Nothing of the backup is taken away. */
export async function keepOptOuts(tx: Tx, remembered: boolean): Promise<KeptOptOuts> {
  if (!remembered) return { optOutsKept: 0, optOutsLost: 0 }
  const sameKey = await hasSameConsentKey(tx)
  const optOutsKept = await insertRememberedOptOuts(tx, { sameKey })
  return { optOutsKept, optOutsLost: sameKey ? 0 : await countRememberedHashes(tx) }
}
