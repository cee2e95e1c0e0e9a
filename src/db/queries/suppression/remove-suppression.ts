import { query, queryOne, type Sql, type Tx } from '@/db/sql'

export type RemovedEntry = { kind: 'address' | 'domain'; value: string | null; hash: string | null; reason: string }

/** Takes an entry off the list and keeps what it was, who did it and why; null when it is off already. */
export const removeEntryIf = (tx: Tx, input: { id: string; by: string | null; why: string; at: Date }) =>
  queryOne<RemovedEntry>(tx)`
  WITH gone AS (
    DELETE FROM suppressions WHERE id = ${input.id}::uuid RETURNING kind, value, value_hash, reason, source, created_at
  )
  INSERT INTO suppression_removals (kind, value, value_hash, reason, source, suppressed_at, removed_at, removed_by, removed_by_name, why)
  SELECT kind, value, value_hash, reason, source, created_at, ${input.at}, ${input.by}::text,
         (SELECT name FROM users WHERE id = ${input.by}), ${input.why}
  FROM gone
  RETURNING kind, value, value_hash AS hash, reason`

/** The leads of an entry that are `unsubscribed`, and stay so. */
export const selectUnsubscribedOf = (tx: Tx, { kind, value, hash }: RemovedEntry) =>
  query<{ id: string }>(tx)`
  SELECT id FROM leads
  WHERE status = 'unsubscribed'
    AND CASE WHEN ${kind === 'domain'} THEN split_part(email, '@', 2) = ${value} ELSE email = ${value} OR email_hash = ${hash} END`

export type RemovalRow = {
  id: string
  kind: 'address' | 'domain'
  /** Null once the person was erased. */
  value: string | null
  reason: string
  suppressedAt: Date
  removedAt: Date
  /** Null where the account had no name, or no person did it. */
  by: string | null
  why: string
}

/** What was taken off the list, the latest first, at most `limit`. */
export const selectRemovals = (sql: Sql, limit: number) =>
  query<RemovalRow>(sql)`
  SELECT id, kind, value, reason, suppressed_at AS "suppressedAt", removed_at AS "removedAt",
         COALESCE(removed_by_name, removed_by) AS by, why
  FROM suppression_removals ORDER BY removed_at DESC, id DESC LIMIT ${limit}`
