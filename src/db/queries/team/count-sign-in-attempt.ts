import { randomUUID } from 'node:crypto'
import { queryCount, type Sql } from '@/db/sql'

/**
 * Counts an attempt under `key` and returns how many there were in the time window, this one included; counting begins
 * anew when the last one that was let in was before it: attempts beyond `most` are refused, and do not prolong it. Times in milliseconds.
 */
export const countSignInAttempt = (
  sql: Sql,
  { key, most, now, windowMs }: { key: string; most: number; now: number; windowMs: number },
) =>
  queryCount(sql)`
  INSERT INTO rate_limits AS r (id, key, count, last_request)
  VALUES (${randomUUID()}, ${key}, 1, ${now})
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN r.last_request < ${now - windowMs} THEN 1 ELSE r.count + 1 END,
    last_request = CASE WHEN r.count >= ${most} AND r.last_request >= ${now - windowMs}
      THEN r.last_request ELSE ${now} END
  RETURNING count`
