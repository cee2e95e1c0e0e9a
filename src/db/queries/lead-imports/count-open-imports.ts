import { execute, queryCount, type Sql, type Tx } from '@/db/sql'
import { isUnderWayImport } from './is-open'

/** Lock of the imports that a person starts, held until the transaction ends: those that are counted before one is added. */
export const lockStartsOf = (tx: Tx, byId: string) =>
  execute(tx)`SELECT pg_advisory_xact_lock(hashtextextended(${`imports of ${byId}`}, 0))::text`

/** How many imports of a person wait or run. */
export const countOpenImports = (sql: Sql, byId: string) =>
  queryCount(sql)`
  SELECT count(*)::int AS count FROM lead_imports WHERE ${isUnderWayImport} AND by_id = ${byId}`
