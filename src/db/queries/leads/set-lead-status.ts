import { execute, type Tx } from '@/db/sql'
import type { LeadStatus } from '@/domain/lead/status'

/** Sets the status of leads. Returns how many exist. */
export const setLeadStatus = (
  tx: Tx,
  {
    leadIds,
    status,
    at,
  }: {
    leadIds: readonly string[]
    status: LeadStatus
    at: Date
  },
) =>
  execute(tx)`
  UPDATE leads l SET status = ${status}, updated_at = ${at}
  FROM (SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE) locked
  WHERE l.id = locked.id
  RETURNING l.id`
