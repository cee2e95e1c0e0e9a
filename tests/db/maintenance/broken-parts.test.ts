import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { selectBrokenParts } from '@/db/queries/maintenance/select-broken-parts'
import { selectConnectionLimits } from '@/db/queries/maintenance/select-connection-limits'
import { runSql } from '../../support/database/role'

const server = inject('databaseServer')
const name = `sorted_${randomUUID().slice(0, 8)}`
let database: Database
beforeAll(async () => {
  await runSql(
    server,
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING UTF8 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE' LOCALE 'C'`,
  )
  const url = new URL(server)
  url.pathname = `/${name}`
  database = createDatabase(url.href)
})
afterAll(async () => {
  await database.close()
  await runSql(server, `DROP DATABASE ${name} WITH (FORCE)`)
})

it('an order of sorting that the server has changed since is told', async () => {
  expect(await selectBrokenParts(database.sql)).toEqual([])
  await runSql(server, `UPDATE pg_database SET datcollversion = '1.0' WHERE datname = '${name}'`)
  expect(await selectBrokenParts(database.sql)).toEqual([{ kind: 'collation', name: '1.0' }])
  await runSql(server, `ALTER DATABASE ${name} REFRESH COLLATION VERSION`)
  expect(await selectBrokenParts(database.sql)).toEqual([])
})

it('connections are counted without those that are kept for superusers, and those of a database apart', async () => {
  expect(await selectConnectionLimits(database.sql)).toEqual({ server: 297, ofDatabase: null, ofRole: null })
  await runSql(server, `ALTER DATABASE ${name} CONNECTION LIMIT 20`)
  expect(await selectConnectionLimits(database.sql)).toEqual({ server: 297, ofDatabase: 20, ofRole: null })
})
