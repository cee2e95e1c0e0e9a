import { query, type Sql } from '@/db/sql'

/** Why an address may not be mailed: the address itself, or its domain, is on the list. */
export type SuppressedAddress = {
  email: string
  kind: 'address' | 'domain'
  value: string
  reason: string
  since: Date
}

/** The suppressed ones among these lower-cased addresses; an address's own entry goes before its domain's. */
export const selectSuppressedAddresses = (sql: Sql, emails: readonly string[]) =>
  query<SuppressedAddress>(sql)`
  WITH asked AS (SELECT email, split_part(email, '@', 2) AS domain FROM unnest(${emails}::text[]) AS a(email))
  SELECT DISTINCT ON (found.email) found.* FROM (
    SELECT a.email, s.kind, s.value, s.reason, s.created_at AS since
    FROM asked a JOIN suppressions s ON s.kind = 'address' AND s.value = a.email
    UNION ALL
    SELECT a.email, s.kind, s.value, s.reason, s.created_at
    FROM asked a JOIN suppressions s ON s.kind = 'domain' AND s.value = a.domain
  ) found
  ORDER BY found.email, found.kind`
