import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Takes an entry off the list. Skipped emails stay skipped, and leads keep their status. @throws {DomainError} not_found */
export async function removeSuppression(
  { db, log }: Deps,
  { id, by }: { id: string; by: string | null },
): Promise<{ id: string }> {
  const { count } = await db.suppression.deleteMany({ where: { id } })
  if (count === 0) throw new DomainError('not_found', 'This entry is not on the list any more. Nothing was changed.')
  log.info({ suppression: id, by }, 'suppression removed')
  return { id }
}
