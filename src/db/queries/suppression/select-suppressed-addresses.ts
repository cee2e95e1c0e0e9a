import { query, type Sql } from '@/db/sql'

/** A lower-cased address and its keyed hash. */
export type HashedAddress = { email: string; hash: string }

/** Why an address may not be mailed: the address itself, or its domain, is on the list. */
export type SuppressedAddress = {
  email: string
  kind: 'address' | 'domain'
  value: string
  reason: string
  since: Date
}

/** The suppressed ones among these addresses, erased ones included; an address's own entry goes before its domain's. */
export const selectSuppressedAddresses = (sql: Sql, addresses: readonly HashedAddress[]) =>
  query<SuppressedAddress>(sql)`
  WITH asked AS (
    SELECT email, hash, split_part(email, '@', 2) AS domain
    FROM unnest(${addresses.map(({ email }) => email)}::text[], ${addresses.map(({ hash }) => hash)}::text[]) AS a(email, hash))
  SELECT DISTINCT ON (found.email) found.* FROM (
    SELECT a.email, s.kind, a.email AS value, s.reason, s.created_at AS since
    FROM asked a JOIN suppressions s ON s.kind = 'address' AND s.value = a.email
    UNION ALL
    SELECT a.email, s.kind, a.email, s.reason, s.created_at
    FROM asked a JOIN suppressions s ON s.kind = 'address' AND s.value_hash = a.hash
    UNION ALL
    SELECT a.email, s.kind, s.value, s.reason, s.created_at
    FROM asked a JOIN suppressions s ON s.kind = 'domain' AND s.value = a.domain
  ) found
  ORDER BY found.email, found.kind, found.since`
