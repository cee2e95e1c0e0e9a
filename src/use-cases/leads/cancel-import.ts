import { deletePieces } from '@/db/queries/lead-imports/insert-import'
import { endImportIf } from '@/db/queries/lead-imports/move-import'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Ends an import that waits or runs; what has come in stays, and can be rolled back. @throws {DomainError} conflict */
export async function cancelImport(
  { sql, clock, log }: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string }> {
  const ended = await transaction(sql, async (tx) => {
    if (!(await endImportIf(tx, { id, to: 'cancelled', failure: null, at: clock.realNow() }))) return false
    await deletePieces(tx, id)
    return true
  })
  if (!ended) throw new DomainError('conflict', 'This import has ended already. Nothing was changed.', { importId: id })
  log.info({ import: id, by }, 'import cancelled')
  return { id }
}
