import { isOpenImport } from '@/db/queries/lead-imports/is-open'
import { queryOne, type Sql } from '@/db/sql'

/** `rows`: of those that are counted already. `touchedAt`: of the one that waits longest; null without any. */
export type OpenImports = { imports: number; rows: number; taken: number; touchedAt: Date | null }

/** The imports and rollbacks that somebody works on or will: how many, how far, and since when nobody has touched one of them. */
export const measureImports = (sql: Sql) =>
  queryOne<OpenImports>(sql)`
  SELECT count(*)::int AS imports, COALESCE(sum(total_rows), 0)::int AS rows,
         COALESCE(sum(place) FILTER (WHERE total_rows IS NOT NULL), 0)::int AS taken, min(touched_at) AS "touchedAt"
  FROM lead_imports WHERE ${isOpenImport}`
