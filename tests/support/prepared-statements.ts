import type { Pool, PoolClient } from 'pg'
import type { SqlPool } from '@/db/sql'

const names = new Map<string, string>()

/**
 * Has each connection of a database prepare a statement the first time and keep it, under a name that goes with its text: whoever
 * asks the same thousands of times, of a handful of rows, has PostgreSQL read and plan it once.
 */
export function prepareStatements(sql: SqlPool): void {
  const pool = (sql as unknown as Record<symbol, Pool>)[Symbol.for('leadnexconnect.connection')]
  if (!pool) throw new Error('The database has no pool')
  pool.on('connect', prepareOn)
}

function prepareOn(client: PoolClient): void {
  const plain = client.query.bind(client)
  const query = (asked: unknown, ...rest: unknown[]) => Reflect.apply(plain, client, [named(asked), ...rest])
  Object.assign(client, { query })
}

type Asked = { text?: string; values?: unknown[]; name?: string }

/** Several statements in one text have no values, and cannot be prepared. */
function named(asked: unknown): unknown {
  const { text, values, name }: Asked = Object(asked)
  if (!text || !values || name) return asked
  if (!names.has(text)) names.set(text, `kept-${names.size}`)
  return { ...Object(asked), name: names.get(text) }
}
