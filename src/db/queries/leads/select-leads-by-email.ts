import { query, type Sql, type Tx } from '@/db/sql'

/** The leads with one of these lower-cased addresses. */
export const selectLeadsByEmail = (sql: Sql, emails: readonly string[]) =>
  query<{ id: string; email: string }>(sql)`
  SELECT id, email FROM leads WHERE email = ANY(${emails}::text[])`

/** Those of these leads that are still there, kept from being deleted until the transaction ends; in the order of their ids, as others lock. */
export const keepLeads = (tx: Tx, leadIds: readonly string[]) =>
  query<{ id: string }>(tx)`
  SELECT id FROM leads WHERE id = ANY(${[...leadIds]}::uuid[]) ORDER BY id FOR KEY SHARE`
