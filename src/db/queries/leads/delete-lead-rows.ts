import { execute, type Tx } from '@/db/sql'

/** Keeps others from planning mail for these leads until the transaction ends. */
export const lockLeadRows = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR UPDATE`

/** Deletes leads; what is planned for them and what was sent to them goes along. */
export const deleteLeadRows = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  DELETE FROM leads WHERE id = ANY(${leadIds}::uuid[]) RETURNING id`
