import type { SqlPool } from '@/db/sql'

type Result = { rows: unknown[]; fields?: { name: string }[] }
type Queries = { query(...args: unknown[]): Promise<Result | undefined> }
type Pool = Queries & { connect(...args: unknown[]): Promise<Queries> }
export type Read = { columns: string[]; rows: number; transactional: boolean }

/** Notes what each statement reads that goes through this door, or through a transaction that it opens, while `work` runs. */
export async function rowsRead(sql: SqlPool, work: () => Promise<unknown>): Promise<Read[]> {
  const pool = (sql as unknown as Record<symbol, Pool>)[Symbol.for('leadnexconnect.connection')]
  if (!pool) throw new Error('The door has no connection behind it')
  const reads: Read[] = []
  const watched = new Set<Queries>()
  const watch = (queries: Queries, transactional: boolean) => {
    if (watched.has(queries)) return
    watched.add(queries)
    const query = queries.query.bind(queries)
    queries.query = async (...args) => {
      const result = await query(...args)
      // A statement of the pool's own goes through its client once more, with a callback.
      if (result?.fields) {
        reads.push({ columns: result.fields.map(({ name }) => name), rows: result.rows.length, transactional })
      }
      return result
    }
  }
  const connect = pool.connect.bind(pool)
  watch(pool, false)
  pool.connect = async (...args) => {
    const client = await connect(...args)
    // The pool's own statements take a connection by a callback, and have none to return.
    if (client) watch(client, true)
    return client
  }
  try {
    await work()
  } finally {
    Reflect.deleteProperty(pool, 'connect')
    for (const queries of watched) Reflect.deleteProperty(queries, 'query')
  }
  return reads
}
