import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import type { TestDatabase } from './test-database'

/** A database without a table, gone after `drop`. */
export async function createEmptyDatabase(server = inject('databaseServer')): Promise<TestDatabase> {
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  const on = async (sql: string) => {
    const client = new Client({ connectionString: server })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await on(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => on(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Names of all tables, of every schema but the server's own. */
export async function tablesOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    )
    return rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
