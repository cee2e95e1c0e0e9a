import { query, type Tx } from '@/db/sql'

/**
 * Locks leads for whom several campaigns have emails, until the transaction ends. Returns those that were free to lock.
 */
export const lockContestedLeads = (tx: Tx, leadIds: readonly string[]) =>
  query<{ id: string }>(tx)`
  SELECT id FROM unnest(${[...leadIds]}::uuid[]) AS wanted(id)
  WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 7263401))`
