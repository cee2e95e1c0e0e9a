import { insertNoteIf } from '@/db/queries/inbox/notes'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { readNote } from '@/domain/inbox/note'

export type AddNote = { conversationId: string; text: string; by: { id: string; name: string } }

/** Notes something beside a conversation, for the team alone. @throws {DomainError} invalid_input, not_found */
export async function addNote(
  { sql, clock, log }: Pick<Deps, 'sql' | 'clock' | 'log'>,
  { conversationId, text, by }: AddNote,
): Promise<{ id: string }> {
  const read = readNote(text)
  if (!read.ok) throw new DomainError('invalid_input', `${read.problem} Nothing was changed.`, { field: 'text' })
  const note = { conversationId, authorId: by.id, authorName: by.name, text: read.text, at: clock.now() }
  const added = await insertNoteIf(sql, note)
  if (!added) throw new DomainError('not_found', 'This conversation does not exist any more. Nothing was changed.')
  log.info({ conversation: conversationId, note: added.id, by: by.id }, 'note added')
  return added
}
