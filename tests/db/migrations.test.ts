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

  it('name none where none had begun to fail', async () => {
    // A time that the engine cannot read, and a migration that it has not seen.
    await client.query(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '0008%'`)
    await client.query(`UPDATE _prisma_migrations SET finished_at = 'infinity' WHERE migration_name LIKE '0001%'`)
    await expect(migrate(database.url)).rejects.toThrow(
      /^The database could not be migrated: .*finished_at.*\nNothing was left half done, and what was applied before stays\.$/s,
    )
  })
})
