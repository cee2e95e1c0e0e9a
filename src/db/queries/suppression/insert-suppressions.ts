import { execute, query, type Sql } from '@/db/sql'

export type SuppressionEntry = { kind: 'address' | 'domain'; value: string }

/** Puts addresses and domains on the list; entries that stand there keep their first reason. Returns how many are new. */
export const insertSuppressions = (
  sql: Sql,
  entries: readonly SuppressionEntry[],
  { reason, source, at }: { reason: string; source: string; at: Date },
) =>
  execute(sql)`
  INSERT INTO suppressions (kind, value, reason, source, created_at)
  SELECT e.kind, e.value, ${reason}::text, ${source}::text, ${at}::timestamptz
  FROM unnest(${entries.map((e) => e.kind)}::text[], ${entries.map((e) => e.value)}::text[]) AS e(kind, value)
  ON CONFLICT DO NOTHING
  RETURNING id, kind, value`

/** The leads that may not be emailed because of these entries. */
export const selectLeadsOfSuppressions = (sql: Sql, entries: readonly SuppressionEntry[]) =>
  query<{ id: string }>(sql)`
  SELECT id FROM leads WHERE email = ANY(${valuesOf(entries, 'address')}::text[])
  UNION
  SELECT id FROM leads WHERE split_part(email, '@', 2) = ANY(${valuesOf(entries, 'domain')}::text[])`

const valuesOf = (entries: readonly SuppressionEntry[], kind: SuppressionEntry['kind']) =>
  entries.filter((entry) => entry.kind === kind).map(({ value }) => value)
