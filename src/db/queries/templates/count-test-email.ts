import { queryOne, type Sql } from '@/db/sql'

/**
 * Counts a test email of a person and returns how many there were since the hour began, this one included; a new hour begins
 * once `windowMs` have passed.
 */
export async function countTestEmail(
  sql: Sql,
  { userId, now, windowMs }: { userId: string; now: Date; windowMs: number },
): Promise<{ count: number; sinceAt: Date }> {
  const before = new Date(now.getTime() - windowMs)
  const row = await queryOne<{ count: number; sinceAt: Date }>(sql)`
  INSERT INTO test_email_counts AS c (user_id, count, since_at) VALUES (${userId}, 1, ${now})
  ON CONFLICT (user_id) DO UPDATE SET
    count = CASE WHEN c.since_at <= ${before} THEN 1 ELSE c.count + 1 END,
    since_at = CASE WHEN c.since_at <= ${before} THEN ${now} ELSE c.since_at END
  RETURNING count, since_at AS "sinceAt"`
  if (!row) throw new Error('The test email was not counted')
  return row
}
