import { countLeadsOfBatch, deleteBatchRow } from '@/db/queries/leads/delete-batch-row'
import { freezeLeads } from '@/db/queries/mass-acts/act-leads'
import { insertAct } from '@/db/queries/mass-acts/write-acts'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { lockUnusedBatch } from '@/use-cases/leads/delete-batch'
import { refuseTooManyActs } from './refuse-too-many-acts'
import { anotherNumber } from './start-mass-act'

/**
 * Deletes a batch and, as an act on many leads that a worker goes on with, its leads that are in no other one, were never emailed or
 * planned for, and have not written. Whoever joins a batch, or is planned for, before the worker comes to them stays. `expected`: how
 * many leads the person saw that go; refused when it is another number by now. `leadsKept`: of the batch's leads those that stay.
 * @throws {DomainError} not_found, in_use, conflict
 */
export async function deleteBatchAndLeads(
  { sql, clock, log, queue }: Deps,
  { id, expected, by }: { id: string; expected: number; by: string },
): Promise<{ id: string; leadsKept: number }> {
  const { act, leads } = await transaction(sql, async (tx) => {
    await refuseTooManyActs(tx, by)
    await lockUnusedBatch(tx, id)
    const filter = { unused: true }
    const act = await insertAct(tx, { kind: 'delete', filter, choice: {}, total: expected, actor: by, at: clock.now() })
    if (!act) throw new Error('The act was not inserted')
    const total = await freezeLeads(tx, act.id, { ...filter, batchId: id, searchAll: true })
    if (total !== expected) throw anotherNumber(total, expected)
    const leads = await countLeadsOfBatch(tx, id)
    await deleteBatchRow(tx, id)
    return { act, leads }
  })
  log.info({ batch: id, act: act.id, total: expected, by }, 'batch deleted, and its leads begun to be')
  await queue.enqueueMassAct(act.id)
  return { id, leadsKept: leads - expected }
}
