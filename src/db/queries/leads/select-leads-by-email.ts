import { query, type Sql } from '@/db/sql'

/** Which of these lower-cased addresses are leads. */
export const selectLeadsByEmail = (sql: Sql, emails: readonly string[]) =>
  query<{ id: string; email: string }>(sql)`
  SELECT id, email FROM leads WHERE email = ANY(${emails}::text[])`
