import { execute, type Tx } from '@/db/sql'

/** Locks these leads until the transaction ends, so that no email is planned for them meanwhile. */
export const lockLeadRows = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR UPDATE`

/** Deletes leads, with their planned emails and the record of sent ones; what is remembered of an address is kept by triggers. */
export const deleteLeadRows = (tx: Tx, leadIds: readonly string[]) =>
  execute(tx)`
  DELETE FROM leads WHERE id = ANY(${leadIds}::uuid[]) RETURNING id`
