import { execute, type Tx } from '@/db/sql'

/**
 * Suppresses the addresses of leads who want no email; entries that stand on the list keep their reason, and are no longer the
 * message's that alone had brought them. Returns how many are new.
 */
export const suppressAddressesOfLeads = (tx: Tx, { leadIds, at }: { leadIds: readonly string[]; at: Date }) =>
  execute(tx)`
  WITH confirmed AS (
    UPDATE suppressions s SET source = 'manual' FROM leads l
    WHERE l.id = ANY(${leadIds}::uuid[]) AND s.kind = 'address' AND s.source = 'answer'
      AND (s.value = l.email OR s.value_hash = l.email_hash)
  )
  INSERT INTO suppressions (kind, value, value_hash, reason, source, created_at)
  SELECT 'address', email, email_hash, 'unsubscribed', 'manual', ${at}::timestamptz
  FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY email
  ON CONFLICT DO NOTHING`
