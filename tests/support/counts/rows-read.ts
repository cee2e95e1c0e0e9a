import type { SqlPool } from '@/db/sql'

type Result = { rowCount: number | null; rows: unknown[]; fields: { name: string }[] }
type Queries = { query(...args: unknown[]): Promise<Result> }
export type Read = { columns: string[]; rows: number }

/** Notes what each statement reads that goes through this door while `work` runs. */
export async function rowsRead(sql: SqlPool, work: () => Promise<unknown>): Promise<Read[]> {
  const pool = (sql as unknown as Record<symbol, Queries>)[Symbol.for('leadnexconnect.connection')]
  if (!pool) throw new Error('The door has no connection behind it')
  const query = pool.query.bind(pool)
  const reads: Read[] = []
  pool.query = async (...args) => {
    const result = await query(...args)
    reads.push({ columns: result.fields.map(({ name }) => name), rows: result.rows.length })
    return result
  }
  try {
    await work()
  } finally {
    Reflect.deleteProperty(pool, 'query')
  }
  return reads
}
