import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import { LEAD_DETAILS } from '@/domain/lead/fields'
import type { ImportedLead, RollbackCounts } from '@/domain/lead-import/rollback'
import { statusesBefore } from '@/domain/lead-import/state'

/** Lets a rollback begin, of an import that has ended since then and brought leads. False when it cannot be rolled back. */
export const beginRollbackIf = (sql: Sql, asked: { id: string; byId: string | null; endedAfter: Date; at: Date }) =>
  executeIf(sql)`
  UPDATE lead_imports
  SET status = 'rolling_back', rolled_back_by_id = ${asked.byId}, rollback_at = ${asked.at}, touched_at = ${asked.at},
      leads_before = (SELECT count(*)::int FROM leads)
  WHERE id = ${asked.id}::uuid AND status = ANY(${statusesBefore('rolling_back')}::text[]) AND added + existing > 0
    AND finished_at > ${asked.endedAfter}`

export type RollbackPlace = RollbackCounts & {
  batchId: string | null
  madeBatch: boolean
  place: string | null
}

/** Locks an import that is rolled back until the transaction ends; null when it is not, or not any more. */
export const lockRollback = (tx: Tx, id: string) =>
  queryOne<RollbackPlace>(tx)`
  SELECT batch_id AS "batchId", made_batch AS "madeBatch", rollback_place AS place, removed, kept_emailed AS "keptEmailed",
         kept_planned AS "keptPlanned", kept_elsewhere AS "keptElsewhere", kept_changed AS "keptChanged", restored,
         existing_kept AS "existingKept", untouched, gone
  FROM lead_imports WHERE id = ${id}::uuid AND status = 'rolling_back' FOR UPDATE`

/** The next leads of an import, in the order of their ids. */
export const selectNextImported = (sql: Sql, page: { importId: string; behind: string | null; limit: number }) =>
  query<{ leadId: string }>(sql)`
  SELECT lead_id AS "leadId" FROM lead_import_leads
  WHERE import_id = ${page.importId}::uuid AND (${page.behind}::uuid IS NULL OR lead_id > ${page.behind}::uuid)
  ORDER BY lead_id LIMIT ${page.limit}`

export type ImportedFacts = ImportedLead & { leadId: string }

/**
 * What is known of each lead of an import. Of those that were leads before, emails count that were planned or have left since: ids
 * ascend with time.
 */
const importedFacts = (importId: string) => Prisma.sql`
  SELECT il.lead_id AS "leadId", il.added, (il.joined OR il.fields IS NOT NULL OR il.custom IS NOT NULL) AS "changedByImport",
         COALESCE(e.emailed, false) AS emailed, COALESCE(e.planned, false) AS planned,
         EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.lead_id = l.id AND bl.batch_id IS DISTINCT FROM i.batch_id)
           OR EXISTS (SELECT 1 FROM lead_import_leads o JOIN lead_imports oi ON oi.id = o.import_id
                      WHERE o.lead_id = l.id AND o.import_id <> i.id AND oi.status <> 'rolled_back') AS elsewhere,
         l.updated_at <> l.created_at OR EXISTS (SELECT 1 FROM received_messages m WHERE m.lead_id = l.id)
           OR EXISTS (SELECT 1 FROM replies a WHERE a.lead_id = l.id) AS "changedSince"
  FROM lead_imports i JOIN lead_import_leads il ON il.import_id = i.id JOIN leads l ON l.id = il.lead_id
  LEFT JOIN LATERAL (
    SELECT bool_or(s.status IN ('sending', 'held') OR (s.status = 'sent' AND (il.added OR COALESCE(s.email_id, s.id) > i.id))) AS emailed,
           bool_or(il.added OR s.id > i.id) AS planned
    FROM scheduled_emails s WHERE s.lead_id = l.id
  ) e ON true
  WHERE i.id = ${importId}::uuid`

/** What is known of these leads of an import. */
export const selectImportedFacts = (sql: Sql, asked: { importId: string; leadIds: readonly string[] }) =>
  query<ImportedFacts>(sql)`
  ${importedFacts(asked.importId)} AND il.lead_id = ANY(${[...asked.leadIds]}::uuid[])`

/** How many leads of an import there are of whom the same is known. */
export const countImportedFacts = (sql: Sql, importId: string) =>
  query<ImportedLead & { leads: number }>(sql)`
  SELECT f.added, f."changedByImport", f.emailed, f.planned, f.elsewhere, f."changedSince", count(*)::int AS leads
  FROM (${importedFacts(importId)}) f GROUP BY 1, 2, 3, 4, 5, 6`

const isTheirs = (field: string) => `l.${columnOf(field)} = il.fields->>'${field}'`
// Names of the model, never of a file.
const emptied = Prisma.raw(
  LEAD_DETAILS.map(
    (field) => `${columnOf(field)} = CASE WHEN ${isTheirs(field)} THEN NULL ELSE l.${columnOf(field)} END`,
  ).join(', '),
)
const holdsOne = Prisma.raw(LEAD_DETAILS.map((field) => isTheirs(field)).join(' OR '))

/** Takes the values that an import gave to empty fields of these leads back, but those that somebody has changed since. */
export const restoreLeads = (
  tx: Tx,
  { importId, leadIds, at }: { importId: string; leadIds: readonly string[]; at: Date },
) =>
  query<{ id: string }>(tx)`
  UPDATE leads l
  SET ${emptied}, updated_at = ${at},
      custom_fields = (SELECT COALESCE(jsonb_object_agg(c.key, c.value), '{}'::jsonb) FROM jsonb_each(l.custom_fields) c
                       WHERE il.custom IS NULL OR NOT il.custom @> jsonb_build_object(c.key, c.value))
  FROM lead_import_leads il
  WHERE il.import_id = ${importId}::uuid AND il.lead_id = l.id AND l.id = ANY(${[...leadIds]}::uuid[])
    AND (${holdsOne} OR EXISTS (SELECT 1 FROM jsonb_each(l.custom_fields) c WHERE il.custom @> jsonb_build_object(c.key, c.value)))
  RETURNING l.id`

/** Takes these leads out of the batch into which the import had put them. */
export const leaveBatch = (tx: Tx, { importId, leadIds }: { importId: string; leadIds: readonly string[] }) =>
  query<{ id: string }>(tx)`
  DELETE FROM batch_leads bl USING lead_import_leads il, lead_imports i
  WHERE i.id = ${importId}::uuid AND il.import_id = i.id AND il.joined AND il.lead_id = ANY(${[...leadIds]}::uuid[])
    AND bl.batch_id = i.batch_id AND bl.lead_id = il.lead_id
  RETURNING bl.lead_id AS id`

/** Sets the counts of a locked rollback, and moves its place. */
export const advanceRollback = (
  tx: Tx,
  { id, place, counts: n, at }: { id: string; place: string; counts: RollbackCounts; at: Date },
) =>
  execute(tx)`
  UPDATE lead_imports
  SET rollback_place = ${place}::uuid, touched_at = ${at}, removed = ${n.removed}, kept_emailed = ${n.keptEmailed},
      kept_planned = ${n.keptPlanned}, kept_elsewhere = ${n.keptElsewhere}, kept_changed = ${n.keptChanged}, restored = ${n.restored},
      existing_kept = ${n.existingKept}, untouched = ${n.untouched}
  WHERE id = ${id}::uuid`

/** Ends a locked rollback: who is not counted was deleted by somebody. */
export const endRollback = (tx: Tx, { id, batchRemoved, at }: { id: string; batchRemoved: boolean; at: Date }) =>
  execute(tx)`
  UPDATE lead_imports
  SET status = 'rolled_back', rolled_back_at = ${at}, touched_at = ${at}, batch_removed = ${batchRemoved},
      leads_after = (SELECT count(*)::int FROM leads),
      gone = added + existing - removed - kept_emailed - kept_planned - kept_elsewhere - kept_changed - restored - existing_kept - untouched
  WHERE id = ${id}::uuid`
