import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differencesToSchema, migrate } from '../../scripts/lib/database/migrations'
import { createTestDatabase, type TestDatabase } from '../support/database/test-database'

describe('migrations', () => {
  let database: TestDatabase
  let client: Client
  beforeAll(async () => {
    database = await createTestDatabase()
    client = new Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  it('lead to what prisma/schema.prisma says', async () => {
    expect(await differencesToSchema(database.url)).toBe('')
  })

  it('are applied once, also by two processes at the same time', async () => {
    expect(await Promise.all([migrate(database.url), migrate(database.url)])).toEqual([[], []])
  })

  it('are recorded with the checksum of their file', async () => {
    const { rows } = await client.query('SELECT checksum, finished_at FROM _prisma_migrations')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows)
      expect(row).toEqual({ checksum: expect.stringMatching(/^[0-9a-f]{64}$/), finished_at: expect.any(Date) })
  })

  it('differ from the schema once a column is changed by hand', async () => {
    await client.query('ALTER TABLE leads ALTER COLUMN email DROP NOT NULL')
    expect(await differencesToSchema(database.url)).toContain('email')
  })
})
