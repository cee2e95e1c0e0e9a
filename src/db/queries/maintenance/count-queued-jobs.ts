import { queryOne, type Sql } from '@/db/sql'

export type JobCounts = { waiting: number; active: number }

/** How many jobs of the queue wait, and how many are being worked on. The table is pg-boss's own. */
export const countJobs = (sql: Sql) =>
  queryOne<JobCounts>(sql)`
  SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active
  FROM pgboss.job WHERE state <= 'active'`
