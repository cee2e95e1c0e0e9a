import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'

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

const addCampaign = (timezone: string) =>
  client.query("INSERT INTO campaigns (name, campaign_type, timezone) VALUES ($1, 'outreach', $1)", [timezone])

describe('the database', () => {
  it.each(['+02:00', '-0330', 'UTC+2', 'gmt-4', ''])('refuses the offset %j as a zone', async (timezone) => {
    await expect(addCampaign(timezone)).rejects.toThrow('campaigns_timezone_is_a_place')
    await expect(client.query('UPDATE mailboxes SET timezone = $1 WHERE false', [timezone])).resolves.toBeDefined()
  })

  it.each(['Europe/Vienna', 'America/Argentina/Ushuaia', 'Etc/GMT+3', 'EST5EDT', 'UTC'])(
    'takes %s',
    async (timezone) => {
      await expect(addCampaign(timezone)).resolves.toBeDefined()
    },
  )

  it('turns offsets that were stored before into the zones that were meant', async () => {
    await client.query('DELETE FROM campaigns')
    for (const table of ['campaigns', 'mailboxes', 'settings'])
      await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_timezone_is_a_place`)
    const meant = {
      '+05:45': 'Asia/Kathmandu',
      '+0530': 'Asia/Kolkata',
      '-03:30': 'America/St_Johns',
      '+2': 'Etc/GMT-2',
      'UTC-08:00': 'Etc/GMT+8',
      '+00:00': 'UTC',
      '+07:15': 'UTC',
      'Europe/Vienna': 'Europe/Vienna',
    }
    for (const stored of Object.keys(meant)) await addCampaign(stored)
    await client.query(await readFile('prisma/migrations/0017_zones_are_places/migration.sql', 'utf8'))
    const { rows } = await client.query('SELECT name, timezone FROM campaigns')
    expect(Object.fromEntries(rows.map(({ name, timezone }) => [name, timezone]))).toEqual(meant)
    for (const { timezone } of rows) {
      const { rows: known } = await client.query("SELECT now() AT TIME ZONE $1 - now() AT TIME ZONE 'UTC' AS ahead", [
        timezone,
      ])
      expect(known).toHaveLength(1)
    }
    await expect(addCampaign('+01:00')).rejects.toThrow('campaigns_timezone_is_a_place')
  })
})
