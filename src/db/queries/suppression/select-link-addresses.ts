import { query, queryOne, type Sql } from '@/db/sql'

/**
 * An address that an email went to: known by itself, by its hash, or by both. `named`: an address on record, which says no more
 * than whose one of the hashes is.
 */
export type LinkAddress = { email: string | null; hash: string | null; named: boolean }

/**
 * The addresses that the email of an unsubscribe link went to or may have gone to, the one on record first; none where the
 * email is not known at all. Those that it went to before its lead lost the address are kept; whatever was claimed since went
 * to the lead's present one.
 */
export const selectLinkAddresses = (sql: Sql, scheduledEmailId: string) =>
  query<LinkAddress>(sql)`
  WITH kept AS (SELECT address_hash, claim FROM kept_links WHERE scheduled_email_id = ${scheduledEmailId}::uuid)
  SELECT COALESCE(e.to_email, l.email) AS email, CASE WHEN e.id IS NULL THEN l.email_hash END AS hash, false AS named
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id LEFT JOIN emails e ON e.id = se.id
  WHERE se.id = ${scheduledEmailId}::uuid AND se.claim > COALESCE((SELECT max(claim) FROM kept), -1)
  UNION ALL
  SELECT l.email, k.address_hash, false FROM kept k LEFT JOIN leads l ON l.email_hash = k.address_hash
  UNION ALL
  SELECT to_email, NULL, true FROM emails WHERE id = ${scheduledEmailId}::uuid`

/** Those of these addresses that are on the list by the person's own wish. `fromMessage`: as one message says, which may be corrected. */
export const selectRefusals = (sql: Sql, hashes: readonly string[], emails: readonly string[]) =>
  query<{ value: string | null; hash: string | null; fromMessage: boolean }>(sql)`
  SELECT value, value_hash AS hash, source = 'answer' AS "fromMessage" FROM suppressions
  WHERE kind = 'address' AND (value_hash = ANY(${[...hashes]}::text[]) OR value = ANY(${[...emails]}::text[]))
    AND reason IN ('unsubscribed', 'complained')`

/** A lead at one of these addresses that is not `unsubscribed`, though a person may have set it back; null without any. */
export const selectOtherwiseSet = (sql: Sql, hashes: readonly string[], emails: readonly string[]) =>
  queryOne<{ id: string }>(sql)`
  SELECT id FROM leads
  WHERE (email_hash = ANY(${[...hashes]}::text[]) OR email = ANY(${[...emails]}::text[])) AND status <> 'unsubscribed' LIMIT 1`

/** The leads that have one of these addresses now. */
export const selectLeadsAt = (sql: Sql, hashes: readonly string[], emails: readonly string[]) =>
  query<{ id: string; email: string; hash: string }>(sql)`
  SELECT id, email, email_hash AS hash FROM leads
  WHERE email_hash = ANY(${[...hashes]}::text[]) OR email = ANY(${[...emails]}::text[]) ORDER BY id`
