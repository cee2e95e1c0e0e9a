import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type { Prisma } from './generated/client'

/** Anything that can run one statement: the pool, or a connection that holds a transaction. */
export type Connection = Pool | PoolClient

/** Runs one statement on a plain connection, without Prisma's mapping: for hot paths and explicit locks. */
export async function queryRows<Row extends QueryResultRow>(connection: Connection, sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await connection.query<Row>(sql.text, sql.values as unknown[])
  return rows
}

/**
 * The same for the statements of the hot paths, which come hundreds of times a second with other values: each
 * connection reads and plans such a statement once, under its name, not every time. The text must always be the same.
 */
export async function queryPrepared<Row extends QueryResultRow>(
  connection: Connection,
  name: string,
  sql: Prisma.Sql,
): Promise<Row[]> {
  const { rows } = await connection.query<Row>({ name, text: sql.text, values: sql.values as unknown[] })
  return rows
}

/** Runs `work` in one transaction; any error rolls all of it back. */
export async function inTransaction<T>(pool: Pool, work: (tx: PoolClient) => Promise<T>): Promise<T> {
  const tx = await pool.connect()
  let broken: Error | undefined
  try {
    await tx.query('BEGIN')
    const result = await work(tx)
    await tx.query('COMMIT')
    return result
  } catch (error) {
    await tx.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    // A connection that could not roll back must not serve anybody else.
    tx.release(broken)
  }
}
