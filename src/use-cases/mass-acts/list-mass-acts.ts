import { countEndedActs, type ListedAct, selectActsAtWork, selectEndedActs } from '@/db/queries/mass-acts/select-acts'
import type { Deps } from '@/deps'
import { isUndoable } from '@/domain/lists/mass-act'

/** An act with how far it is. */
export type MassAct = Omit<ListedAct, 'newestLeadId' | 'lastLeadId' | 'undoneBy'> & {
  /** It can be taken back. */
  undoable: boolean
  /** It was, or is being taken back. */
  undone: boolean
}

/** Every act on many leads that is not over, and the one that ended last. */
export async function listMassActs({ sql }: Pick<Deps, 'sql'>): Promise<MassAct[]> {
  const acts = [...(await selectActsAtWork(sql)), ...(await selectEndedActs(sql, { limit: 1, offset: 0 }))]
  return acts.map(shownOf)
}

/** Acts on many leads that are over, as long as they are kept: what ended last first, in pages that count from 1. */
export async function listEndedMassActs(
  { sql }: Pick<Deps, 'sql'>,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: MassAct[]; total: number }> {
  const acts = await selectEndedActs(sql, { limit: pageSize, offset: (page - 1) * pageSize })
  return { rows: acts.map(shownOf), total: await countEndedActs(sql) }
}

const shownOf = ({ newestLeadId: _, lastLeadId: _last, undoneBy, ...act }: ListedAct): MassAct => ({
  ...act,
  undone: undoneBy !== null,
  undoable: undoneBy === null && isUndoable(act),
})
