import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, it } from 'vitest'
import { openDatabase } from '../../scripts/lib/database/database'
import { freePort } from '../../scripts/lib/ports'

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: '/nonexistent', log: () => undefined })
const failure = (databaseUrl: string) =>
  open(databaseUrl).then(
    () => 'opened',
    (error: Error) => error.message,
  )

it('uses the database of DATABASE_URL and starts none of its own', async () => {
  const url = inject('databaseServer')
  const database = await open(url)
  expect(database.url).toBe(url)
  await database.stop()
})

it('names a database that does not answer, without its password', async () => {
  const message = await failure('postgresql://ann:s3cret@127.0.0.1:1/sales')
  expect(message).toContain('(127.0.0.1:1/sales) cannot be reached')
  expect(message).toContain('Nothing was started or changed')
  expect(message).not.toContain('s3cret')
})

it('names a database that refuses the login, without the password tried', async () => {
  const url = new URL(inject('databaseServer'))
  url.password = 'gu3ss'
  const message = await failure(url.href)
  expect(message).toContain('password authentication failed')
  expect(message).not.toContain('gu3ss')
})

it.each(['sales', 'mysql://localhost/sales', 'http://localhost'])('refuses %j as DATABASE_URL', async (url) => {
  expect(await failure(url)).toContain('DATABASE_URL is not an address of the form')
})

it('keeps the port of the web app free, though it is given that of the whole start', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'start-'))
  const port = await freePort()
  const options = { databaseUrl: undefined, dataDir, port, log: () => undefined }
  const database = await openDatabase(options)
  expect(new URL(database.url).port).not.toBe(String(port))
  await database.stop()
  rmSync(dataDir, { recursive: true })
})
