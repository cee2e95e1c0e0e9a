import { Prisma } from '@/db/generated/client'
import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import type { ImportReading } from '@/domain/lead-import/reading'
import type { ImportStatus, RefusalKind } from '@/domain/lead-import/state'

export type ImportRow = {
  id: string
  status: ImportStatus
  fileName: string
  size: number
  byName: string | null
  reading: ImportReading
  batchId: string | null
  batchName: string | null
  /** The batch is there and can be opened. */
  hasBatch: boolean
  madeBatch: boolean
  totalRows: number | null
  place: number
  added: number
  mailedBefore: number
  existing: number
  filled: number
  duplicate: number
  invalid: number
  suppressed: number
  optedOut: number
  suppressedNow: number
  /** Those who want no email stand on the suppression list. */
  optOutsDone: boolean
  failure: string | null
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  rolledBackByName: string | null
  rollbackAt: Date | null
  rolledBackAt: Date | null
  removed: number
  keptEmailed: number
  keptPlanned: number
  keptElsewhere: number
  keptChanged: number
  restored: number
  existingKept: number
  existingElsewhere: number
  untouched: number
  gone: number
  batchRemoved: boolean
}

const columns = Prisma.raw(`
  i.id, i.status, i.file_name AS "fileName", i.size, u.name AS "byName", i.reading, i.batch_id AS "batchId",
  COALESCE(b.name, i.batch_name) AS "batchName", b.id IS NOT NULL AS "hasBatch", i.made_batch AS "madeBatch",
  i.total_rows AS "totalRows", i.place, i.added, i.mailed_before AS "mailedBefore", i.existing, i.filled, i.duplicate, i.invalid,
  i.suppressed, i.opted_out AS "optedOut", i.suppressed_now AS "suppressedNow", i.opt_outs_done AS "optOutsDone", i.failure, i.created_at AS "createdAt",
  i.started_at AS "startedAt", i.finished_at AS "finishedAt", r.name AS "rolledBackByName", i.rollback_at AS "rollbackAt",
  i.rolled_back_at AS "rolledBackAt", i.removed,
  i.kept_emailed AS "keptEmailed", i.kept_planned AS "keptPlanned", i.kept_elsewhere AS "keptElsewhere",
  i.kept_changed AS "keptChanged", i.restored, i.existing_kept AS "existingKept", i.existing_elsewhere AS "existingElsewhere", i.untouched, i.gone, i.batch_removed AS "batchRemoved"`)

const joined = Prisma.raw(`
  LEFT JOIN users u ON u.id = i.by_id LEFT JOIN users r ON r.id = i.rolled_back_by_id LEFT JOIN lead_batches b ON b.id = i.batch_id`)

/** A page of the imports, the newest first. */
export const selectImports = (sql: Sql, { limit, offset }: { limit: number; offset: number }) =>
  query<ImportRow>(sql)`
  SELECT ${columns}
  FROM (SELECT * FROM lead_imports ORDER BY created_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}) i ${joined}
  ORDER BY i.created_at DESC, i.id DESC`

/** The number of imports. */
export const countImports = (sql: Sql) => queryCount(sql)`SELECT count(*)::int AS count FROM lead_imports`

/** One import. */
export const selectImport = (sql: Sql, id: string) =>
  queryOne<ImportRow>(sql)`SELECT ${columns} FROM lead_imports i ${joined} WHERE i.id = ${id}::uuid`

export type RefusalRow = { line: number; kind: RefusalKind; email: string; problem: string; cells: string[] }

/** Rows that an import has left out, in the order of their lines, behind a line. */
export const selectRefusals = (sql: Sql, page: { importId: string; behind: number; limit: number }) =>
  query<RefusalRow>(sql)`
  SELECT line, kind, email, problem, cells FROM lead_import_refusals
  WHERE import_id = ${page.importId}::uuid AND line > ${page.behind}::int ORDER BY line LIMIT ${page.limit}`

/** The number of the rows it has left out that are kept, and the most values that one of them has. */
export const selectRefusalSize = (sql: Sql, importId: string) =>
  queryOne<{ rows: number; width: number }>(sql)`
  SELECT count(*)::int AS rows, COALESCE(max(cardinality(cells)), 0)::int AS width
  FROM lead_import_refusals WHERE import_id = ${importId}::uuid`
