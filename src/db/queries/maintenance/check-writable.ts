import { execute, queryOne, type SqlPool, transaction } from '@/db/sql'

/** Whether the database takes no changes now: a standby, or set to read alone. */
export async function isReadOnlyNow(sql: SqlPool): Promise<boolean> {
  const row = await queryOne<{ readOnly: boolean }>(sql)`
    SELECT pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on' AS "readOnly"`
  return row?.readOnly ?? false
}

/**
 * Proves that the disk of the database takes data, by sorting a little more than memory is allowed for: the server writes it to a file
 * and removes that. About 2 MB; nothing is left, and no table is touched.
 */
export const writeToDisk = (sql: SqlPool): Promise<number> =>
  transaction(sql, async (tx) => {
    await execute(tx)`SET LOCAL work_mem = '64kB'`
    return execute(tx)`
      SELECT count(*) FROM (SELECT repeat(md5(n::text), 8) AS text FROM generate_series(1, 6000) n ORDER BY 1 OFFSET 0) sorted`
  })
