import { query, queryOne, type Sql } from '@/db/sql'
import { jobsIn } from './count-queued-jobs'

/** Jobs of one kind that fail now: about how many things, and what the last one said. */
export type FailingJobs = { name: string; count: number; said: string | null }

/** Whatever failed last, or is about to be tried again: a failure that a success has followed is over. The table is pg-boss's own. */
export const selectFailingJobs = (sql: Sql, schema: string) =>
  query<FailingJobs>(sql)`
  WITH by_key AS (
    SELECT name, bool_or(state = 'retry') AS waits, max(completed_on) FILTER (WHERE state = 'failed') AS failed_at,
      max(completed_on) FILTER (WHERE state = 'completed') AS completed_at,
      (array_agg(output ORDER BY COALESCE(completed_on, created_on) DESC) FILTER (WHERE state IN ('failed', 'retry')))[1] AS output
    FROM ${jobsIn(schema)} WHERE state IN ('retry', 'completed', 'failed') GROUP BY name, singleton_key
  )
  SELECT name, count(*)::int AS count, max(COALESCE(output ->> 'message', output -> 'value' ->> 'message')) AS said
  FROM by_key WHERE waits OR failed_at > COALESCE(completed_at, '-infinity') GROUP BY name ORDER BY name`

/** Since when the job that waits longest could have begun; null where none waits but for one about the same thing to end. */
export const selectLongestWait = (sql: Sql, { schema, realNow }: { schema: string; realNow: Date }) =>
  queryOne<{ since: Date | null }>(sql)`
  SELECT min(start_after) AS since FROM ${jobsIn(schema)} j
  WHERE state < 'active' AND start_after < ${realNow} AND NOT EXISTS (
    SELECT FROM ${jobsIn(schema)} busy
    WHERE busy.name = j.name AND busy.singleton_key IS NOT DISTINCT FROM j.singleton_key AND busy.state = 'active')`
