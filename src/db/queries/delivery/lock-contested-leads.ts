import { query, type Tx } from '@/db/sql'

/** Locks leads that several campaigns want to mail, until the transaction ends; returns those it got. */
export const lockContestedLeads = (tx: Tx, leadIds: readonly string[]) =>
  query<{ id: string }>(tx)`
  SELECT id FROM unnest(${[...leadIds]}::uuid[]) AS wanted(id)
  WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 7263401))`
