import { lockAct } from '@/db/queries/mass-acts/select-acts'
import { insertUndo, resumeUndoIf } from '@/db/queries/mass-acts/write-acts'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { hasUndo, isUndoable, UNDO_DAYS } from '@/domain/lists/mass-act'
import { refuseTooManyActs } from './refuse-too-many-acts'

/**
 * Takes an act back, in steps as it was done: leads get their status of before, or leave the batch. Those that were changed or have
 * answered since stay as they are. Once only; an undo that was stopped, or has failed, goes on. @throws {DomainError} not_found, conflict, in_use
 */
export async function undoMassAct(
  { sql, clock, log, queue }: Deps,
  { id, by }: { id: string; by: string },
): Promise<{ id: string }> {
  const at = clock.now()
  const undo = await transaction(sql, async (tx) => {
    await refuseTooManyActs(tx, by)
    const act = await lockAct(tx, id)
    if (!act) throw new DomainError('not_found', 'This is not on record any more. Nothing was changed.')
    if (!hasUndo(act)) throw new DomainError('conflict', 'This cannot be taken back. Nothing was changed.')
    if (!isUndoable(act, at))
      throw new DomainError(
        'conflict',
        `This was done more than ${UNDO_DAYS} days ago, so it cannot be taken back any more. Nothing was changed.`,
      )
    return (await resumeUndoIf(tx, id)) ?? (await insertUndo(tx, { undoes: id, choice: act.choice, actor: by, at }))
  })
  if (!undo) throw new DomainError('conflict', 'This was taken back already. Nothing was changed.')
  log.info({ act: undo.id, undoes: id, by }, 'act on many leads taken back')
  await queue.enqueueMassAct(undo.id)
  return undo
}
