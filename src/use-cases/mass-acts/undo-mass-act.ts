import { insertAct } from '@/db/queries/mass-acts/write-acts'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { isUndoable, type MassChoice } from '@/domain/lists/mass-act'

/**
 * Takes an act back, in steps as it was done: leads get their status of before, or leave the batch. Those that were changed since
 * stay as they are. Once only. @throws {DomainError} not_found, conflict
 */
export async function undoMassAct(
  { db, sql, clock, log, queue }: Deps,
  { id, by }: { id: string; by: string },
): Promise<{ id: string }> {
  const act = await db.massAct.findUnique({ where: { id } })
  if (!act) throw new DomainError('not_found', 'This is not on record any more. Nothing was changed.')
  const choice = act.choice as MassChoice
  if (!isUndoable({ ...act, choice }))
    throw new DomainError('conflict', 'This cannot be taken back. Nothing was changed.')
  const undo = await insertAct(sql, {
    kind: 'undo',
    filter: {},
    choice,
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
