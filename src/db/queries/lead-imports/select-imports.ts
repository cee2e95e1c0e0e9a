import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import { IMPORT_LIMITS } from '@/domain/lead/import-limits'
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
  /** How often a worker has begun since it got further last. */
  attempts: number
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
  i.suppressed, i.opted_out AS "optedOut", i.suppressed_now AS "suppressedNow", i.opt_outs_done AS "optOutsDone", i.attempts, i.failure, i.created_at AS "createdAt",
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

// Of so many, the newest: no index is asked.
const SEARCHED = 2_000

/** Imports whose file bears the words in its name, the newest first. */
export const selectImportsBearing = (sql: Sql, { search, limit }: { search: string; limit: number }) =>
  query<{ id: string; fileName: string; createdAt: Date }>(sql)`
  SELECT id, file_name AS "fileName", created_at AS "createdAt"
  FROM (SELECT id, file_name, created_at FROM lead_imports ORDER BY created_at DESC, id DESC LIMIT ${SEARCHED}) newest
  WHERE ${contains(Prisma.sql`file_name`, search)} ORDER BY created_at DESC, id DESC LIMIT ${limit}`

/** The number of imports. */
export const countImports = (sql: Sql) => queryCount(sql)`SELECT count(*)::int AS count FROM lead_imports`

/** One import. */
export const selectImport = (sql: Sql, id: string) =>
  queryOne<ImportRow>(sql)`SELECT ${columns} FROM lead_imports i ${joined} WHERE i.id = ${id}::uuid`

export type RefusalRow = { line: number; kind: RefusalKind; email: string; problem: string }

// Rows that were kept before there was a limit may have millions of values.
const most = IMPORT_LIMITS.columns

type RefusalPage = { importId: string; behind: number; limit: number }

/**
 * Rows that an import has left out, in the order of their lines, behind a line: so many, or as many as have `characters` in their
 * values and one more.
 */
export const selectRefusals = (sql: Sql, page: RefusalPage & { characters: number }) =>
  query<RefusalRow & { cells: string[] }>(sql)`
  SELECT line, kind, email, problem, cells
  FROM (SELECT r.*, sum(r.size) OVER (ORDER BY r.line) - r.size AS before
        FROM (SELECT line, kind, email, problem, cells[1:${most}::int] AS cells, length(array_to_string(cells[1:${most}::int], ',')) AS size
              FROM lead_import_refusals
              WHERE import_id = ${page.importId}::uuid AND line > ${page.behind}::int ORDER BY line LIMIT ${page.limit}) r) p
  WHERE before <= ${page.characters}::int ORDER BY line`

/** The first of them, without what stood in the file. */
export const selectFirstRefusals = (sql: Sql, { importId, limit }: Omit<RefusalPage, 'behind'>) =>
  query<RefusalRow>(sql)`
  SELECT line, kind, email, problem FROM lead_import_refusals WHERE import_id = ${importId}::uuid ORDER BY line LIMIT ${limit}`

/** The number of the rows it has left out that are kept, and the most values that are read of one of them. */
export const selectRefusalSize = (sql: Sql, importId: string) =>
  queryOne<{ rows: number; width: number }>(sql)`
  SELECT count(*)::int AS rows, LEAST(COALESCE(max(cardinality(cells)), 0), ${most}::int)::int AS width
  FROM lead_import_refusals WHERE import_id = ${importId}::uuid`
