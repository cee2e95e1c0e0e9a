import { execute, queryCount, type Sql } from '@/db/sql'

/**
 * Counts an attempt to sign in as a failure, until it turns out to be none, and returns how many there were since the first one
 * of the time window, this one included. Forgets those of other accounts whose window is over.
 */
export function countSignInFailure(
  sql: Sql,
  { accountKey, now, windowMs }: { accountKey: string; now: Date; windowMs: number },
): Promise<number> {
  const before = new Date(now.getTime() - windowMs)
  return queryCount(sql)`
  WITH gone AS (DELETE FROM sign_in_failures WHERE since_at <= ${before} AND account_key <> ${accountKey})
  INSERT INTO sign_in_failures AS f (account_key, failures, since_at) VALUES (${accountKey}, 1, ${now})
  ON CONFLICT (account_key) DO UPDATE SET
    failures = CASE WHEN f.since_at <= ${before} THEN 1 ELSE f.failures + 1 END,
    since_at = CASE WHEN f.since_at <= ${before} THEN ${now} ELSE f.since_at END
  RETURNING failures AS count`
}

/** Forgets the failures of an account: somebody knew its password. */
export const forgetSignInFailures = (sql: Sql, accountKey: string) =>
  execute(sql)`DELETE FROM sign_in_failures WHERE account_key = ${accountKey}`
