import { query, type Sql } from '@/db/sql'

/** The leads with one of these lower-cased addresses. */
export const selectLeadsByEmail = (sql: Sql, emails: readonly string[]) =>
  query<{ id: string; email: string }>(sql)`
  SELECT id, email FROM leads WHERE email = ANY(${emails}::text[])`
