import { type ListedAct, selectLatestActs } from '@/db/queries/mass-acts/select-acts'
import type { Deps } from '@/deps'
import { isUndoable } from '@/domain/lists/mass-act'

const LISTED = 5

/** An act with how far it is. */
export type MassAct = Omit<ListedAct, 'lastLeadId' | 'undo' | 'filter'> & {
  /** It can be taken back; or, where it is an undo, it can go on. */
  undoable: boolean
  /** It was, or is being taken back. */
  undone: boolean
}

/** The latest acts on many leads, those that are not over first. */
export async function listMassActs({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<MassAct[]> {
  const acts = await selectLatestActs(sql, LISTED)
  const now = clock.now()
  return acts.map(({ lastLeadId: _, filter: __, undo, ...act }) => ({
    ...act,
    undone: undo === 'working' || undo === 'done',
    undoable: act.undoes ? isUnfinished(act.state) : undo !== 'working' && undo !== 'done' && isUndoable(act, now),
  }))
}

const isUnfinished = (state: MassAct['state']) => state === 'stopped' || state === 'failed'
