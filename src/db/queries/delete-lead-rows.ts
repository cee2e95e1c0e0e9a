import { execute, type Tx } from '../sql'

/** Keeps others from planning mail for these leads until the transaction ends. */
export const lockLeadRows = (sql: Tx, leadIds: readonly string[]) =>
  execute(sql)`
  SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR UPDATE`

/** Deletes leads; what is planned for them and what was sent to them goes along. */
export const deleteLeadRows = (sql: Tx, leadIds: readonly string[]) =>
  execute(sql)`
  DELETE FROM leads WHERE id = ANY(${leadIds}::uuid[]) RETURNING id`
