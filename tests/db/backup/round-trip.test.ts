import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differencesToSchema, migrate, readMigrationScripts } from '../../../scripts/lib/database/migrations'
import { backUp, createBackupFolder, restoreInto } from '../../support/database/backups'
import { keptStates, readState, restoreState } from '../../support/database/database-state'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { liveIn } from '../../support/database/lived-in'
import { differingTables, sumTables } from '../../support/database/table-sums'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'
import { createEngine } from '../../support/engine'
import { openWithSources } from '../../support/generation'

const RESTORED_AT = new Date('2026-03-20T09:00:00Z')

describe('a backup of an installation that was lived in', () => {
  const files = createBackupFolder()
  let source: Awaited<ReturnType<typeof openWithSources>>
  let restored: TestDatabase
  beforeAll(async () => {
    source = await openWithSources()
    await liveIn(source.engine)
    restored = await createEmptyDatabase()
    await backUp(source.engine.url, files.path('lived-in'))
    await restoreInto(restored.url, files.path('lived-in'), { at: RESTORED_AT })
  })
  afterAll(async () => {
    await restored?.drop()
    await source?.close()
    files.remove()
  })

  it('comes back in every table, but for what the pause has changed', async () => {
    expect(differingTables(await sumTables(source.engine.url), await sumTables(restored.url))).toEqual([
      'campaign_events',
      'campaigns',
      'restores',
      'scheduled_email_count_changes',
      'scheduled_emails',
    ])
  })

  it('comes back in every table where nothing has to be paused, over what was there', async () => {
    const before = await sumTables(restored.url)
    await backUp(restored.url, files.path('paused'))
    const other = await createTestDatabase()
    await restoreInto(other.url, files.path('paused'), { replace: true, at: RESTORED_AT })
    expect(differingTables(before, await sumTables(other.url))).toEqual(['restores'])
    await other.drop()
  })

  it('has the tables, indexes, triggers and notes of migrations that a migrated database has', async () => {
    expect(await migrate(restored.url)).toEqual([])
    expect(await differencesToSchema(restored.url)).toBe('')
    const fresh = await createTestDatabase()
    expect(await shapeOf(restored.url)).toEqual(await shapeOf(fresh.url))
    await fresh.drop()
  })
})

// Before a restore had a place to be noted in, and after.
const RESTORES = '0069_restores'
const before = keptStates().filter((name) => name < RESTORES)
const since = keptStates().filter((name) => name >= RESTORES)
it.each([...before.slice(-2), ...since.slice(-1)])(
  'a backup that an older version made, at %s, is brought up to this one',
  async (name) => {
    const files = createBackupFolder()
    const old = await restoreState(name)
    const database = await createEmptyDatabase()
    await backUp(old.url, files.path('old'))
    const { migrated, rows } = await restoreInto(database.url, files.path('old'), { at: RESTORED_AT })
    const known = (await readMigrationScripts()).map((migration) => migration.name)
    expect(migrated).toEqual(known.filter((one) => one > name))
    expect(rows).toBeGreaterThan([...readState(name).values()].flat().length)
    expect(await migrate(database.url)).toEqual([])
    expect(await differencesToSchema(database.url)).toBe('')
    const engine = await createEngine({ database })
    const emails = readState(name).get('scheduled_emails') ?? []
    expect(await engine.db.scheduledEmail.count()).toBe(emails.length)
    await engine.close()
    await old.drop()
    files.remove()
  },
  120_000,
)

/** Everything in the catalog that makes a table behave as it does. */
async function shapeOf(url: string): Promise<Record<string, string[]>> {
  const engine = await createEngine({ database: { url, drop: async () => undefined } })
  const names = async (text: string) => (await engine.pool.query<{ one: string }>(text)).rows.map(({ one }) => one)
  const shape = {
    constraints: await names(
      `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated AS one
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`,
    ),
    indexes: await names(`SELECT indexdef AS one FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`),
    triggers: await names(
      `SELECT pg_get_triggerdef(t.oid) || t.tgenabled::text AS one FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal ORDER BY 1`,
    ),
    functions: await names(
      `SELECT pg_get_functiondef(p.oid) AS one FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e') ORDER BY 1`,
    ),
  }
  await engine.close()
  return shape
}
