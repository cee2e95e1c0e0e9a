import { query, type Sql } from '@/db/sql'
import { jobsIn } from '../count-queued-jobs'

/** Jobs of a queue that wait and that are active; a queue without any has no row. */
export const countJobsByQueue = (sql: Sql, schema: string) =>
  query<{ queue: string; waiting: number; active: number }>(sql)`
  SELECT name AS queue, count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
  FROM ${jobsIn(schema)} WHERE state <= 'active' GROUP BY name ORDER BY name`
