import { Prisma } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'

/** `failing`: of those that wait, jobs that have failed and are tried again. */
export type JobCounts = { waiting: number; active: number; failing: number }

// A name that was checked where it came in (`env.ts`); it cannot be a value of the statement.
/** Fragment: the table of jobs. */
export const jobsIn = (schema: string) => Prisma.raw(`${schema}.job`)

/** Counts of the queue's jobs that wait and that are active. The table is pg-boss's own. */
export const countJobs = (sql: Sql, schema: string) =>
  queryOne<JobCounts>(sql)`
  SELECT count(*) FILTER (WHERE state < 'active')::int AS waiting, count(*) FILTER (WHERE state = 'active')::int AS active,
    count(*) FILTER (WHERE state = 'retry')::int AS failing
  FROM ${jobsIn(schema)} WHERE state <= 'active'`
