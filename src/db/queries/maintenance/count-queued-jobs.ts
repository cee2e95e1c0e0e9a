import { queryOne, type Sql } from '@/db/sql'

export type JobCounts = { waiting: number; active: number }

/** Counts of the queue's jobs that wait and that are active. The table is pg-boss's own. */
export const countJobs = (sql: Sql) =>
  queryOne<JobCounts>(sql)`
  SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
  FROM pgboss.job WHERE state <= 'active'`
