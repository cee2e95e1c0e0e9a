import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS_DIR, migrate } from '../../scripts/lib/database/migrations'
import { freePort } from '../../scripts/lib/ports'
import { createEmptyDatabase, tablesOf } from '../support/database/empty-database'
import type { TestDatabase } from '../support/database/test-database'
import { createFolder } from '../support/second-folder'

const LOCK = 7_306_001

describe('while somebody else migrates', () => {
  let database: TestDatabase
  let other: Client
  let pid: number
  beforeEach(async () => {
    database = await createEmptyDatabase()
    other = new Client({ connectionString: database.url })
    await other.connect()
    await other.query('SELECT pg_advisory_lock($1)', [LOCK])
    pid = (await other.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
  })
  afterEach(async () => {
    await other.end()
    await database.drop()
  })

  it('a start says what it waits for, and goes on as soon as that has ended', async () => {
    const said: string[] = []
    const log = (line: string) => {
      said.push(line)
      if (said.length === 2) void other.query('SELECT pg_advisory_unlock($1)', [LOCK])
    }
    expect(await migrate(database.url, MIGRATIONS_DIR, { log, tellEveryMs: 1_000 })).toContain('0001_init')
    expect(said).toEqual(
      [1, 2].map((s) => `waiting for another start to migrate, ${s} s (session ${pid} of PostgreSQL does)`),
    )
    const { rows } = await other.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = $1", [LOCK])
    expect(rows).toEqual([])
  })

  it('a start ends by Ctrl-C, and has made nothing', async () => {
    const folder = createFolder()
    const env = { SMTP_URL: 'smtp://127.0.0.1:2525', PORT: String(await freePort()), DATABASE_URL: database.url }
    let pressed = false
    const ended = await folder.run('start', env, [], (said, pressCtrlC) => {
      if (pressed || !said.includes('waiting for another start to migrate')) return
      pressed = true
      pressCtrlC()
    })
    expect(ended).toMatchObject({ code: 0, said: expect.stringContaining('stopped before it was up') })
    expect(ended.said).toContain(`waiting for another start to migrate, 10 s (session ${pid} of PostgreSQL does)`)
    expect(await tablesOf(database.url)).toEqual([])
    folder.remove()
  })

  it('"npm run db:migrate" says so too, and ends by Ctrl-C', async () => {
    const folder = createFolder()
    let pressed = false
    const ended = await folder.run('migrate', { DATABASE_URL: database.url }, [], (said, pressCtrlC) => {
      if (pressed || !said.includes('waiting for another start to migrate')) return
      pressed = true
      pressCtrlC()
    })
    expect(ended).toEqual({
      code: 1,
      said: `waiting for another start to migrate, 10 s (session ${pid} of PostgreSQL does)\n`,
    })
    expect(await tablesOf(database.url)).toEqual([])
    folder.remove()
  })
})
