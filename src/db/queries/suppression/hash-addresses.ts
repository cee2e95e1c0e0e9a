import { execute, query, type Sql, type Tx } from '@/db/sql'
import type { HashedAddress } from './select-suppressed-addresses'

/** Leads whose address has no hash yet, with other addresses that their emails went to; the first `limit` by their ids. */
export const selectNotHashed = (sql: Sql, limit: number) =>
  query<{ id: string; email: string; formerly: string[] }>(sql)`
  SELECT l.id, l.email, ARRAY(SELECT DISTINCT e.to_email FROM emails e WHERE e.lead_id = l.id AND e.to_email <> l.email) AS formerly
  FROM leads l WHERE l.email_hash IS NULL ORDER BY l.id LIMIT ${limit}`

/** Writes hashes of leads' addresses, where the address is the same still. */
export const writeLeadHashes = (tx: Tx, addresses: readonly HashedAddress[]) =>
  execute(tx)`
  UPDATE leads l SET email_hash = a.hash
  FROM (SELECT l.id, a.hash
        FROM unnest(${addresses.map(({ email }) => email)}::text[], ${addresses.map(({ hash }) => hash)}::text[]) AS a(email, hash)
        JOIN leads l ON l.email = a.email AND l.email_hash IS NULL ORDER BY l.id FOR NO KEY UPDATE OF l) a
  WHERE l.id = a.id`

/** Keeps whose the links are of emails that went to an address which their lead had lost before addresses were remembered. */
export const keepFormerLinks = (tx: Tx, leadIds: readonly string[], addresses: readonly HashedAddress[]) =>
  execute(tx)`
  INSERT INTO kept_links (scheduled_email_id, address_hash, claim)
  SELECT e.id, a.hash, se.claim
  FROM emails e JOIN scheduled_emails se ON se.id = e.id JOIN leads l ON l.id = e.lead_id
  JOIN unnest(${addresses.map(({ email }) => email)}::text[], ${addresses.map(({ hash }) => hash)}::text[]) AS a(email, hash)
    ON a.email = e.to_email
  WHERE e.lead_id = ANY(${[...leadIds]}::uuid[]) AND e.to_email <> l.email
  ON CONFLICT DO NOTHING`

/** Addresses on the suppression list that have no hash yet. */
export const selectSuppressionsNotHashed = (sql: Sql, limit: number) =>
  query<{ email: string }>(sql)`
  SELECT value AS email FROM suppressions s
  WHERE s.value_hash IS NULL AND s.kind = 'address' ORDER BY id LIMIT ${limit}`

/** Writes hashes of suppressed addresses, each once: an entry goes where another stands under the same hash already. */
export const writeSuppressionHashes = (sql: Sql, addresses: readonly HashedAddress[]) =>
  execute(sql)`
  WITH given AS (
    SELECT * FROM unnest(${addresses.map(({ email }) => email)}::text[], ${addresses.map(({ hash }) => hash)}::text[]) AS a(email, hash)
  ), doubled AS (
    DELETE FROM suppressions s USING given g
    WHERE s.kind = 'address' AND s.value = g.email AND s.value_hash IS NULL
      AND EXISTS (SELECT 1 FROM suppressions o WHERE o.kind = 'address' AND o.value_hash = g.hash)
  )
  UPDATE suppressions s SET value_hash = one.hash
  FROM (SELECT DISTINCT ON (g.hash) s.id, g.hash FROM given g JOIN suppressions s ON s.value = g.email
        WHERE s.kind = 'address' AND s.value_hash IS NULL
          AND NOT EXISTS (SELECT 1 FROM suppressions o WHERE o.kind = 'address' AND o.value_hash = g.hash)
        ORDER BY g.hash, s.created_at) one
  WHERE s.id = one.id`
