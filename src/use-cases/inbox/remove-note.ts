import { deleteNoteIf } from '@/db/queries/inbox/notes'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

/** Removes a note of one's own. @throws {DomainError} not_found where it is gone, or somebody else's */
export async function removeNote(
  { sql, log }: Pick<Deps, 'sql' | 'log'>,
  { id, by }: { id: string; by: string },
): Promise<void> {
  const isRemoved = await deleteNoteIf(sql, { id, authorId: by })
  if (!isRemoved) throw new DomainError('not_found', 'This note is no longer there, or not yours. Nothing was changed.')
  log.info({ note: id, by }, 'note removed')
}
