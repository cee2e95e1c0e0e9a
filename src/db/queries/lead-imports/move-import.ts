import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import { type ImportStatus, statusesBefore } from '@/domain/lead-import/state'
import { isOpenImport, isUnderWayImport } from './is-open'

/** Lets an import that waits begin, once its rows are counted. False when it does not wait any more. */
export const beginImportIf = (sql: Sql, { id, rows, at }: { id: string; rows: number; at: Date }) =>
  executeIf(sql)`
  UPDATE lead_imports SET status = 'running', total_rows = ${rows}::int, started_at = ${at}, touched_at = ${at}
  WHERE id = ${id}::uuid AND status = ANY(${statusesBefore('running')}::text[])`

/** Counts that a worker begins with an import that waits or runs, and returns how often since it got further; null when it has ended. */
export const beginAttempt = (sql: Sql, id: string) =>
  queryOne<{ attempts: number }>(sql)`
  UPDATE lead_imports SET attempts = attempts + 1 WHERE id = ${id}::uuid AND ${isUnderWayImport} RETURNING attempts`

/** Takes an attempt back that ended without a fault: its worker was told to end, or somebody else went on. */
export const takeBackAttempt = (sql: Sql, id: string) =>
  execute(sql)`
  UPDATE lead_imports SET attempts = attempts - 1 WHERE id = ${id}::uuid AND ${isUnderWayImport} AND attempts > 0`

type Ending = { id: string; to: ImportStatus; failure: string | null; at: Date }

/** Ends an import if it has not ended before; what has come in stays. */
export const endImportIf = (tx: Tx, { id, to, failure, at }: Ending) =>
  executeIf(tx)`
  UPDATE lead_imports SET status = ${to}, failure = ${failure}, finished_at = ${at}, touched_at = ${at}
  WHERE id = ${id}::uuid AND status = ANY(${statusesBefore(to)}::text[])`

/** Imports and rollbacks at which nobody has worked since: their job was lost. */
export const selectIdleImports = (sql: Sql, since: Date) =>
  query<{ id: string }>(sql)`
  SELECT id FROM lead_imports WHERE ${isOpenImport} AND touched_at < ${since} ORDER BY touched_at`
