import { Prisma } from '@/db/generated/client'
import { isAtDomain, isAtOneOf } from '@/db/queries/leads/lead-domain'
import { execute, query, type Sql, type Tx } from '@/db/sql'

/** An address has its keyed hash, and no value where only the hash is left; a domain has no hash. */
export type SuppressionEntry =
  | { kind: 'address'; value: string | null; hash: string }
  | { kind: 'domain'; value: string; hash: null }

/**
 * Puts addresses and domains on the list; entries that stand there keep their first reason. One that a message alone had brought
 * is no longer that message's, whatever is said of it: somebody else has said the same. Returns those that are new.
 */
export const insertSuppressions = (
  sql: Sql,
  entries: readonly SuppressionEntry[],
  { reason, source, at }: { reason: string; source: string; at: Date },
) =>
  query<{ kind: SuppressionEntry['kind']; value: string | null }>(sql)`
  WITH entry AS (
    SELECT * FROM unnest(${entries.map((e) => e.kind)}::text[], ${entries.map((e) => e.value)}::text[],
                         ${entries.map((e) => e.hash)}::text[]) AS e(kind, value, hash)
  ), confirmed AS (
    UPDATE suppressions s SET source = ${source}::text
    WHERE s.source = 'answer' AND ${source}::text <> 'answer' AND s.id IN (
      SELECT o.id FROM entry e JOIN suppressions o ON o.kind = 'address' AND o.value = e.value WHERE e.kind = 'address'
      UNION ALL
      SELECT o.id FROM entry e JOIN suppressions o ON o.kind = 'address' AND o.value_hash = e.hash WHERE e.kind = 'address')
  )
  INSERT INTO suppressions (kind, value, value_hash, reason, source, created_at)
  SELECT e.kind, e.value, e.hash, ${reason}::text, ${source}::text, ${at}::timestamptz FROM entry e
  ON CONFLICT DO NOTHING
  RETURNING kind, value`

/** Entries of these addresses that somebody else had made are the person's own wish from now on. */
export const markUnsubscribed = (tx: Tx, hashes: readonly string[]) =>
  execute(tx)`
  UPDATE suppressions SET reason = 'unsubscribed', source = 'link'
  WHERE kind = 'address' AND value_hash = ANY(${[...hashes]}::text[]) AND reason NOT IN ('unsubscribed', 'complained')`

/** The leads that may not be emailed because of these entries. */
export const selectLeadsOfSuppressions = (sql: Sql, entries: readonly SuppressionEntry[]) =>
  query<{ id: string; email: string; hash: string | null }>(sql)`
  SELECT id, email, email_hash AS hash FROM leads WHERE email = ANY(${valuesOf(entries, 'address')}::text[])
  UNION
  SELECT id, email, email_hash FROM leads WHERE email_hash = ANY(${entries.flatMap(({ hash }) => hash ?? [])}::text[])
  UNION
  SELECT l.id, l.email, l.email_hash FROM leads l WHERE ${isAtOneOf(valuesOf(entries, 'domain'))}`

/** Count of the leads at each of these domains, and not below it; none for a domain without any. */
export async function countLeadsOfDomains(sql: Sql, domains: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ domain: string; count: number }>(sql)`
  SELECT d.domain, (SELECT count(*)::int FROM leads l WHERE ${isAtDomain(Prisma.sql`d.domain`)}) AS count
  FROM unnest(${[...domains]}::text[]) AS d(domain)`
  return new Map(rows.map(({ domain, count }) => [domain, count]))
}

const valuesOf = (entries: readonly SuppressionEntry[], kind: SuppressionEntry['kind']) =>
  entries.flatMap((entry) => (entry.kind === kind ? (entry.value ?? []) : []))
