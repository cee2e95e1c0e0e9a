import { type ListedAct, selectLatestActs } from '@/db/queries/mass-acts/select-acts'
import type { Deps } from '@/deps'
import { isUndoable } from '@/domain/lists/mass-act'

const LISTED = 5

/** An act with how far it is. */
export type MassAct = Omit<ListedAct, 'newestLeadId' | 'lastLeadId' | 'undoneBy'> & {
  /** It can be taken back. */
  undoable: boolean
  /** It was, or is being taken back. */
  undone: boolean
}

/** The latest acts on many leads, those that are not over first. */
export async function listMassActs({ sql }: Pick<Deps, 'sql'>): Promise<MassAct[]> {
  const acts = await selectLatestActs(sql, LISTED)
  return acts.map(({ newestLeadId: _, lastLeadId: _last, undoneBy, ...act }) => ({
    ...act,
    undone: undoneBy !== null,
    undoable: undoneBy === null && isUndoable(act),
  }))
}
