import { countEndedActs, type ListedAct, selectActsAtWork, selectEndedActs } from '@/db/queries/mass-acts/select-acts'
import type { Deps } from '@/deps'
import { isUndoable } from '@/domain/lists/mass-act'

/** An act with how far it is. */
export type MassAct = Omit<ListedAct, 'lastLeadId' | 'undo' | 'filter'> & {
  /** It can be taken back; or, where it is an undo, it can go on. */
  undoable: boolean
  /** It was, or is being taken back. */
  undone: boolean
}

/** Every act on many leads that is not over, and the one that ended last. */
export async function listMassActs({ sql, clock }: Pick<Deps, 'sql' | 'clock'>): Promise<MassAct[]> {
  const acts = [...(await selectActsAtWork(sql)), ...(await selectEndedActs(sql, { limit: 1, offset: 0 }))]
  return acts.map((act) => shownAt(act, clock.now()))
}

/** Acts on many leads that are over, as long as they are kept: what ended last first, in pages that count from 1. */
export async function listEndedMassActs(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<{ rows: MassAct[]; total: number }> {
  const acts = await selectEndedActs(sql, { limit: pageSize, offset: (page - 1) * pageSize })
  return { rows: acts.map((act) => shownAt(act, clock.now())), total: await countEndedActs(sql) }
}

const shownAt = ({ lastLeadId: _, filter: __, undo, ...act }: ListedAct, now: Date): MassAct => ({
  ...act,
  undone: undo === 'working' || undo === 'done',
  undoable: act.undoes ? isUnfinished(act.state) : undo !== 'working' && undo !== 'done' && isUndoable(act, now),
})

const isUnfinished = (state: MassAct['state']) => state === 'stopped' || state === 'failed'
