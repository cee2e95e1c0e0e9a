import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { removeLeadsFromBatch, updateBatchRow } from '@/db/queries/leads/update-batch-row'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'

export type UpdateBatch = {
  id: string
  name?: string | undefined
  description?: string | null | undefined
  addLeadIds?: readonly string[] | undefined
  removeLeadIds?: readonly string[] | undefined
  by: string | null
}

/**
 * Renames a batch, adds leads to it, takes leads out of it. A campaign that runs on the batch keeps the leads it was
 * planned with. @throws {DomainError} not_found
 */
export async function updateBatch(
  { sql, clock, log }: Deps,
  input: UpdateBatch,
): Promise<{ id: string; added: number; removed: number }> {
  const { id, addLeadIds = [], removeLeadIds = [] } = input
  const at = clock.now()
  const result = await transaction(sql, async (tx) => {
    const written = await updateBatchRow(tx, id, { name: input.name, description: input.description }, at)
    if (!written)
      throw new DomainError('not_found', 'This batch does not exist any more. Nothing was saved.', { batchId: id })
    const removed = removeLeadIds.length ? await removeLeadsFromBatch(tx, id, removeLeadIds) : 0
    const added = addLeadIds.length ? (await addLeadsToBatch(tx, { batchId: id, leadIds: addLeadIds, at })).length : 0
    return { id, added, removed }
  })
  log.info({ batch: id, added: result.added, removed: result.removed, by: input.by }, 'batch updated')
  return result
}
