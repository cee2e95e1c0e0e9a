import { execute, type Tx } from '@/db/sql'

/** Sets the lead `unsubscribed` and suppresses its address. Idempotent. */
export const suppressUnsubscribed = (tx: Tx, { leadId, at }: { leadId: string; at: Date }) =>
  execute(tx)`
  WITH lead AS (
    UPDATE leads SET status = 'unsubscribed', updated_at = ${at} WHERE id = ${leadId}::uuid RETURNING email
  )
  INSERT INTO suppressions (kind, value, reason, source, created_at)
  SELECT 'address', email, 'unsubscribed', 'link', ${at}::timestamptz FROM lead
  ON CONFLICT DO NOTHING`
