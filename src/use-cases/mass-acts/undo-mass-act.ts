import { selectAct } from '@/db/queries/mass-acts/select-acts'
import { insertAct } from '@/db/queries/mass-acts/write-acts'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { isUndoable } from '@/domain/lists/mass-act'

/**
 * Takes an act back, in steps as it was done: leads get their status of before, or leave the batch. Those that were changed since
 * stay as they are. Once only. @throws {DomainError} not_found, conflict
 */
export async function undoMassAct(
  { sql, clock, log, queue }: Deps,
  { id, by }: { id: string; by: string },
): Promise<{ id: string }> {
  const act = await selectAct(sql, id)
  if (!act) throw new DomainError('not_found', 'This is not on record any more. Nothing was changed.')
  if (!isUndoable(act)) throw new DomainError('conflict', 'This cannot be taken back. Nothing was changed.')
  const undo = await insertAct(sql, {
    kind: 'undo',
    filter: {},
    choice: act.choice,
    total: act.changed,
    undoes: id,
    actor: by,
    at: clock.now(),
  })
  if (!undo) throw new DomainError('conflict', 'This was taken back already. Nothing was changed.')
  log.info({ act: undo.id, undoes: id, by }, 'act on many leads taken back')
  await queue.enqueueMassAct(undo.id)
  return undo
}
