import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { createEmptyDatabase } from './empty-database'

/** Runs statements on a database, one after the other. */
export async function runSql(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** An empty database, and the address of a login there that owns nothing and is no superuser. Both are gone after `drop`. */
export async function createGuest(server = inject('databaseServer')) {
  const database = await createEmptyDatabase(server)
  const role = `ann_${randomUUID().slice(0, 8)}`
  await runSql(server, `CREATE ROLE ${role} LOGIN PASSWORD 's3cret'`)
  const url = new URL(database.url)
  url.username = role
  url.password = 's3cret'
  return {
    role,
    name: url.pathname.slice(1),
    /** Of the login, and of the server's superuser. */
    url: url.href,
    ownerUrl: database.url,
    /** Options of PostgreSQL's programs that lead there, as people read them. */
    at: `-h ${url.hostname} -p ${url.port}`,
    where: url.host + url.pathname,
    drop: async () => {
      await database.drop()
      await runSql(server, `DROP ROLE IF EXISTS ${role}`)
    },
  }
}
