import { Prisma } from '@/db/generated/client'
import { execute, executeIf, query, queryOne, type Sql, type Tx } from '@/db/sql'
import type { ImportedLead, RollbackCounts } from '@/domain/lead-import/rollback'
import { statusesBefore } from '@/domain/lead-import/state'
import { giftsThere, heldByOthers } from './gifts'

/** Lets a rollback begin, of an import that has ended since then and brought leads. False when it cannot be rolled back. */
export const beginRollbackIf = (sql: Sql, asked: { id: string; byId: string | null; endedAfter: Date; at: Date }) =>
  executeIf(sql)`
  UPDATE lead_imports
  SET status = 'rolling_back', rolled_back_by_id = ${asked.byId}, rollback_at = ${asked.at}, touched_at = ${asked.at}
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
         existing_kept AS "existingKept", existing_elsewhere AS "existingElsewhere", untouched, gone
  FROM lead_imports WHERE id = ${id}::uuid AND status = 'rolling_back' FOR UPDATE`

/** The next leads of an import, in the order of their ids. */
export const selectNextImported = (sql: Sql, page: { importId: string; behind: string | null; limit: number }) =>
  query<{ leadId: string }>(sql)`
  SELECT lead_id AS "leadId" FROM lead_import_leads
  WHERE import_id = ${page.importId}::uuid AND (${page.behind}::uuid IS NULL OR lead_id > ${page.behind}::uuid)
  ORDER BY lead_id LIMIT ${page.limit}`

/** `otherImport`: another import holds the lead as well. */
export type ImportedFacts = ImportedLead & { leadId: string; otherImport: boolean }

/**
 * What is known of each lead of an import. Of a lead that was one before, what counts is what left since the import was accepted, and
 * what was planned since: ids ascend with real time.
 */
const importedFacts = (importId: string) => Prisma.sql`
  SELECT il.lead_id AS "leadId", il.added, (il.joined OR il.fields IS NOT NULL OR il.custom IS NOT NULL) AS "changedByImport",
         COALESCE(g.there, false) AS "stillThere", COALESCE(g.alone, false) AS "onlyThis",
         COALESCE(e.emailed, false) OR COALESCE(r.emailed, false) OR COALESCE(l.last_contacted_at >= i.accepted_at, false) AS emailed,
         COALESCE(e.planned, false) OR COALESCE(r.planned, false) AS planned,
         other.import AS "otherImport",
         other.import OR EXISTS (SELECT 1 FROM batch_leads bl WHERE bl.lead_id = l.id AND bl.batch_id IS DISTINCT FROM i.batch_id) AS elsewhere,
         l.updated_at <> COALESCE(il.lead_as_of, l.created_at) OR EXISTS (SELECT 1 FROM received_messages m WHERE m.lead_id = l.id)
           OR EXISTS (SELECT 1 FROM replies a WHERE a.lead_id = l.id) AS "changedSince"
  FROM lead_imports i JOIN lead_import_leads il ON il.import_id = i.id JOIN leads l ON l.id = il.lead_id
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM ${heldByOthers}) AS import) other
  LEFT JOIN LATERAL (
    SELECT bool_or(true) AS there, bool_or(NOT gift.shared) AS alone FROM (${giftsThere}) gift
  ) g ON true
  LEFT JOIN LATERAL (
    SELECT bool_or(s.status IN ('sending', 'held') OR (s.status = 'sent' AND (il.added OR s.sent_at >= i.accepted_at))) AS emailed,
           bool_or(il.added OR s.id > i.id) AS planned
    FROM scheduled_emails s WHERE s.lead_id = l.id
  ) e ON true
  LEFT JOIN LATERAL (
    SELECT bool_or(a.status IN ('sending', 'held') OR (a.status = 'sent' AND (il.added OR a.sent_at >= i.accepted_at))
                   OR (a.taken_emails <> '{}' AND (il.added OR a.sending_since >= i.accepted_at))) AS emailed,
           bool_or(a.status = 'pending' AND NOT il.added) AS planned
    FROM replies a WHERE a.lead_id = l.id
  ) r ON true
  WHERE i.id = ${importId}::uuid`

/** What is known of these leads of an import. */
export const selectImportedFacts = (sql: Sql, asked: { importId: string; leadIds: readonly string[] }) =>
  query<ImportedFacts>(sql)`
  ${importedFacts(asked.importId)} AND il.lead_id = ANY(${[...asked.leadIds]}::uuid[])`

/** How many leads of an import there are of whom the same is known. */
export const countImportedFacts = (sql: Sql, importId: string) =>
  query<ImportedLead & { leads: number }>(sql)`
  SELECT f.added, f."changedByImport", f."stillThere", f."onlyThis", f.emailed, f.planned, f.elsewhere, f."changedSince",
         count(*)::int AS leads
  FROM (${importedFacts(importId)}) f GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`

/** Sets the counts of a locked rollback, and moves its place. */
export const advanceRollback = (
  tx: Tx,
  { id, place, counts: n, at }: { id: string; place: string; counts: RollbackCounts; at: Date },
) =>
  execute(tx)`
  UPDATE lead_imports
  SET rollback_place = ${place}::uuid, touched_at = ${at}, removed = ${n.removed}, kept_emailed = ${n.keptEmailed},
      kept_planned = ${n.keptPlanned}, kept_elsewhere = ${n.keptElsewhere}, kept_changed = ${n.keptChanged}, restored = ${n.restored},
      existing_kept = ${n.existingKept}, existing_elsewhere = ${n.existingElsewhere}, untouched = ${n.untouched}
  WHERE id = ${id}::uuid`

/** Ends a locked rollback: who is not counted was deleted by somebody. */
export const endRollback = (tx: Tx, { id, batchRemoved, at }: { id: string; batchRemoved: boolean; at: Date }) =>
  execute(tx)`
  UPDATE lead_imports
  SET status = 'rolled_back', rolled_back_at = ${at}, touched_at = ${at}, batch_removed = ${batchRemoved},
      gone = added + existing - removed - kept_emailed - kept_planned - kept_elsewhere - kept_changed - restored - existing_kept
             - existing_elsewhere - untouched
  WHERE id = ${id}::uuid`
