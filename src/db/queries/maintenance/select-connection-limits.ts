import { queryOne, type Sql } from '@/db/sql'

/** How many connections there may be, of everybody, of this database and of this role; null: as many as there are. */
export type ConnectionLimits = { server: number; ofDatabase: number | null; ofRole: number | null }

/** Without those that are kept for superusers and for roles that were given them. */
export const selectConnectionLimits = (sql: Sql) =>
  queryOne<ConnectionLimits>(sql)`
  SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - current_setting('reserved_connections')::int AS server,
    (SELECT NULLIF(datconnlimit, -1) FROM pg_database WHERE datname = current_database()) AS "ofDatabase",
    (SELECT NULLIF(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user) AS "ofRole"`
