import { removeEntryIf, selectUnsubscribedOf } from '@/db/queries/suppression/remove-suppression'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { readRemovalReason } from '@/domain/lead/suppression'
import { recordAddressHashes } from './record-address-hashes'

/** `leadsUnsubscribed`: leads that get no email all the same, until a person sets their status. */
export type RemovedSuppression = { id: string; leadsUnsubscribed: number }

/**
 * Takes an entry off the list, for a reason that is kept with it. Skipped emails stay skipped, and leads keep their status.
 * @throws {DomainError} invalid_input without a reason; not_found
 */
export async function removeSuppression(
  deps: Deps,
  { id, reason, by }: { id: string; reason: string; by: string | null },
): Promise<RemovedSuppression> {
  const why = readRemovalReason(reason)
  if (!why.ok) {
    throw new DomainError('invalid_input', `${why.problem} Nothing was changed.`, { field: 'reason' })
  }
  const { sql, clock, log } = deps
  await recordAddressHashes(deps)
  const removed = await transaction(sql, async (tx) => {
    const entry = await removeEntryIf(tx, { id, by, why: why.reason, at: clock.now() })
    if (!entry) {
      throw new DomainError('not_found', 'This entry is not on the list any more. Nothing was changed.')
    }
    return { kind: entry.kind, reason: entry.reason, leadsUnsubscribed: (await selectUnsubscribedOf(tx, entry)).length }
  })
  log.info({ suppression: id, by, ...removed }, 'suppression removed')
  return { id, leadsUnsubscribed: removed.leadsUnsubscribed }
}
