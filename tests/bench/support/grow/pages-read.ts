import { query, queryOne, type SqlPool } from '@/db/sql'

/**
 * Counts the pages of the database that `work` looks at through `sql`, in its cache or on the disk, while nobody else is at work. One
 * statement at a time: the session that was used last is asked to tell what it has read.
 */
export async function pagesRead(sql: SqlPool, work: () => Promise<unknown>): Promise<number> {
  const before = await told(sql)
  await work()
  return (await told(sql)) - before
}

async function told(sql: SqlPool): Promise<number> {
  await query(sql)`SELECT pg_stat_force_next_flush()`
  const row = await queryOne<{ pages: string }>(sql)`
  SELECT (blks_hit + blks_read)::text AS pages FROM pg_stat_database WHERE datname = current_database()`
  return Number(row?.pages)
}
