import { addLeadsToBatch } from '@/db/queries/add-leads-to-batch'
import { insertBatch } from '@/db/queries/insert-batch'
import { inTransaction, queryRows } from '@/db/query'
import type { Deps } from '@/deps'

export type CreateBatch = {
  name: string
  description?: string | null | undefined
  leadIds?: readonly string[] | undefined
  by: string | null
}

/** Makes a batch, with leads where they are given; leads that are gone by now are left out of the count. */
export async function createBatch(
  { pool, clock, log }: Deps,
  input: CreateBatch,
): Promise<{ id: string; leadCount: number }> {
  const at = clock.now()
  const created = await inTransaction(pool, async (tx) => {
    const [batch] = await queryRows<{ id: string }>(
      tx,
      insertBatch({ name: input.name, description: input.description || null, at }),
    )
    if (!batch) throw new Error('The batch was not inserted')
    const leadIds = input.leadIds ?? []
    const added = leadIds.length ? await queryRows(tx, addLeadsToBatch({ batchId: batch.id, leadIds, at })) : []
    return { id: batch.id, leadCount: added.length }
  })
  log.info({ batch: created.id, leads: created.leadCount, by: input.by }, 'batch created')
  return created
}
