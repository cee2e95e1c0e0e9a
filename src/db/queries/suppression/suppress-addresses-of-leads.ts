import { execute, type Tx } from '@/db/sql'

/**
 * Suppresses the addresses of leads who want no email; entries that stand on the list keep their reason, and are no longer the
 * message's that alone had brought them. Returns how many are new.
 */
export const suppressAddressesOfLeads = (tx: Tx, { leadIds, at }: { leadIds: readonly string[]; at: Date }) =>
  execute(tx)`
  WITH confirmed AS (
    UPDATE suppressions s SET source = 'manual'
    WHERE s.source = 'answer' AND s.id IN (
      SELECT o.id FROM leads l JOIN suppressions o ON o.kind = 'address' AND o.value = l.email WHERE l.id = ANY(${leadIds}::uuid[])
      UNION ALL
      SELECT o.id FROM leads l JOIN suppressions o ON o.kind = 'address' AND o.value_hash = l.email_hash
      WHERE l.id = ANY(${leadIds}::uuid[]))
  )
  INSERT INTO suppressions (kind, value, value_hash, reason, source, created_at)
  SELECT 'address', email, email_hash, 'unsubscribed', 'manual', ${at}::timestamptz
  FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY email
  ON CONFLICT DO NOTHING`
