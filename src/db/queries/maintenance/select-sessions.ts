import { query, type Sql } from '@/db/sql'

/** Sessions of our processes with this database, by what PostgreSQL shows of them; those that look or restore have other names. */
export const selectSessionsAtWork = (sql: Sql) =>
  query<{ name: string; sessions: number }>(sql)`
  SELECT application_name AS name, count(*)::int AS sessions FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND (application_name IN ('leadnexconnect-web', 'leadnexconnect-worker') OR application_name LIKE 'leadnexconnect-queue-%')
  GROUP BY 1 ORDER BY 1`
