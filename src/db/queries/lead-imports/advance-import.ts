import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import { isUnderWayImport } from './is-open'

export type Batch = { batchId: string | null; batchName: string | null }

/** Locks an import that runs and stands at this place until the transaction ends; null when it has ended, or somebody else went on. */
export const lockImportAt = (tx: Tx, { id, place }: { id: string; place: number }) =>
  queryOne<Batch>(tx)`
  SELECT batch_id AS "batchId", batch_name AS "batchName" FROM lead_imports
  WHERE id = ${id}::uuid AND status = 'running' AND place = ${place}::int FOR UPDATE`

/** Names the batch that the import has made. */
export const setMadeBatch = (tx: Tx, { id, batchId, batchName }: { id: string; batchId: string; batchName: string }) =>
  execute(tx)`
  UPDATE lead_imports SET batch_id = ${batchId}::uuid, batch_name = ${batchName}, made_batch = true WHERE id = ${id}::uuid`

export type ImportCounts = {
  rows: number
  added: number
  mailedBefore: number
  existing: number
  filled: number
  duplicate: number
  invalid: number
  suppressed: number
  optedOut: number
}

/** Counts rows that have become what they are, and moves the place behind them: it got further. Of a locked import. */
export const advanceImport = (tx: Tx, { id, at, ...n }: ImportCounts & { id: string; at: Date }) =>
  execute(tx)`
  UPDATE lead_imports
  SET place = place + ${n.rows}::int, added = added + ${n.added}::int, mailed_before = mailed_before + ${n.mailedBefore}::int,
      existing = existing + ${n.existing}::int, filled = filled + ${n.filled}::int, duplicate = duplicate + ${n.duplicate}::int,
      invalid = invalid + ${n.invalid}::int, suppressed = suppressed + ${n.suppressed}::int, opted_out = opted_out + ${n.optedOut}::int,
      attempts = 0, touched_at = ${at}
  WHERE id = ${id}::uuid`

/** Locks an import that waits or runs until the transaction ends; null when it does not any more. */
export const lockImportUnderWay = (tx: Tx, id: string) =>
  queryOne<{ id: string }>(tx)`
  SELECT id FROM lead_imports WHERE id = ${id}::uuid AND ${isUnderWayImport} FOR UPDATE`

/** Counts addresses that a locked import put on the suppression list. */
export const countSuppressed = (tx: Tx, { id, added }: { id: string; added: number }) =>
  execute(tx)`
  UPDATE lead_imports SET suppressed_now = suppressed_now + ${added}::int WHERE id = ${id}::uuid`

/** Notes that all those stand on the suppression list who want no email. */
export const setOptOutsDone = (sql: Sql, id: string) =>
  execute(sql)`
  UPDATE lead_imports SET opt_outs_done = true WHERE id = ${id}::uuid`
