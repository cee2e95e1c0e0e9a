import { query, type Sql } from '@/db/sql'

/** `index`: was never finished. `triggers`: of a table, are off. `collation`: the server sorts by another version than when `name` was written. */
export type BrokenPart = { kind: 'index' | 'triggers' | 'collation'; name: string }

/** What silently makes answers wrong: broken parts of the tables, which PostgreSQL itself tells nobody. */
export const selectBrokenParts = (sql: Sql) =>
  query<BrokenPart>(sql)`
  SELECT 'index' AS kind, indexrelid::regclass::text AS name
  FROM pg_index JOIN pg_class c ON c.oid = indexrelid
  WHERE c.relnamespace = to_regnamespace('public') AND NOT indisvalid
  UNION ALL
  SELECT DISTINCT 'triggers', tgrelid::regclass::text
  FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
  WHERE c.relnamespace = to_regnamespace('public') AND tgenabled = 'D'
  UNION ALL
  SELECT 'collation', datcollversion FROM pg_database
  WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)
  ORDER BY 1, 2`
