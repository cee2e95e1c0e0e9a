import { addLeadsToBatch } from '@/db/queries/leads/add-leads-to-batch'
import { insertBatch } from '@/db/queries/leads/insert-batch'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'

export type CreateBatch = {
  name: string
  description?: string | null | undefined
  leadIds?: readonly string[] | undefined
  by: string | null
}

/** Creates a batch, with leads where they are given; leads that are gone by now are left out of the count. */
export async function createBatch(
  { sql, clock, log }: Deps,
  input: CreateBatch,
): Promise<{ id: string; leadCount: number }> {
  const at = clock.now()
  const created = await transaction(sql, async (tx) => {
    const batch = await insertBatch(tx, { name: input.name, description: input.description || null, at })
    if (!batch) throw new Error('The batch was not inserted')
    const leadIds = input.leadIds ?? []
    const added = leadIds.length ? (await addLeadsToBatch(tx, { batchId: batch.id, leadIds, at })).length : 0
    return { id: batch.id, leadCount: added }
  })
  log.info({ batch: created.id, leads: created.leadCount, by: input.by }, 'batch created')
  return created
}
