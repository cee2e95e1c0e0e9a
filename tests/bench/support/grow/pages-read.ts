import { execute, queryCount, type SqlPool } from '@/db/sql'

/**
 * Counts the pages of the database that `work` looks at through `sql`, in its cache or on the disk, while nobody else is at work. One
 * statement at a time: the session that was used last is asked to report what it has read.
 */
export async function pagesRead(sql: SqlPool, work: () => Promise<unknown>): Promise<number> {
  const before = await pagesSoFar(sql)
  await work()
  return (await pagesSoFar(sql)) - before
}

async function pagesSoFar(sql: SqlPool): Promise<number> {
  await execute(sql)`SELECT pg_stat_force_next_flush()`
  return queryCount(sql)`
  SELECT (blks_hit + blks_read)::float8 AS count FROM pg_stat_database WHERE datname = current_database()`
}
