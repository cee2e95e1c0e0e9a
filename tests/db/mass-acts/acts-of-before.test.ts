import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MIGRATIONS_DIR, migrate } from '../../../scripts/lib/database/migrations'
import { createEmptyDatabase } from '../../support/database/empty-database'
import { createEngine, type Engine } from '../../support/engine'
import { actOf, undoAct, workOn } from '../../support/mass-acts'

// Acts of a version that wrote down only whom they had changed.
let engine: Engine
const ids: Record<string, string> = {}

const BEGUN = '2026-03-01T09:00:00Z'
const STEP = '2026-03-01T09:00:01Z'
const ENDED = '2026-03-01T09:00:02Z'

async function migrateUpTo(url: string, name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  try {
    for (const migration of readdirSync(MIGRATIONS_DIR))
      if (migration < name) cpSync(join(MIGRATIONS_DIR, migration), join(folder, migration), { recursive: true })
    await migrate(url, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

beforeAll(async () => {
  const database = await createEmptyDatabase()
  await migrateUpTo(database.url, '0059')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const leads: string[] = []
  for (const [name, updatedAt] of [
    ['untouched', STEP],
    ['touched', '2026-03-01T10:00:00Z'],
    ['other', STEP],
  ]) {
    const { rows } = await client.query(
      "INSERT INTO leads (email, status, created_at, updated_at) VALUES ($1, 'interested', $2, $3) RETURNING id",
      [`${name}@customer.example`, BEGUN, updatedAt],
    )
    leads.push(rows[0].id)
    ids[String(name)] = rows[0].id
  }
  const acts = {
    // One of its leads was deleted by somebody before the act came to it, and another one since.
    done: { state: 'done', total: 5, done: 4, changed: 3, ended: ENDED },
    grown: { state: 'done', total: 1, done: 2, changed: 2, ended: ENDED },
    working: { state: 'working', total: 9, done: 1, changed: 1, ended: null },
  }
  for (const [name, { state, total, done, changed, ended }] of Object.entries(acts)) {
    const { rows } = await client.query(
      `INSERT INTO mass_acts (kind, filter, choice, state, total, newest_lead_id, done, changed, actor, created_at, ended_at)
       VALUES ('status', $1, '{"status": "interested"}', $2, $3, $4, $5, $6, 'tester', $7, $8) RETURNING id`,
      [JSON.stringify({ ids: leads }), state, total, leads[2], done, changed, BEGUN, ended],
    )
    ids[name] = rows[0].id
  }
  for (const leadId of leads.slice(0, 2))
    await client.query("INSERT INTO mass_act_leads VALUES ($1, $2, 'new')", [ids.done, leadId])
  const undo = await client.query(
    `INSERT INTO mass_acts (kind, filter, choice, total, newest_lead_id, undoes, actor, created_at)
     VALUES ('undo', '{}', '{"status": "interested"}', 2, $1, $2, 'tester', $3) RETURNING id`,
    [leads[2], ids.grown, ENDED],
  )
  ids.undo = undo.rows[0].id
  await client.query("INSERT INTO mass_act_leads VALUES ($1, $2, 'contacted')", [ids.grown, leads[2]])
  await client.end()
  await migrate(database.url)
  engine = await createEngine({ database })
})
afterAll(() => engine.close())

it('keep their numbers, which add up now', async () => {
  expect(await actOf(engine, ids.done ?? '')).toMatchObject({
    total: 5,
    done: 5,
    changed: 3,
    leftOut: { gone: 1, no_match: 1 },
    filter: {},
  })
  expect(await actOf(engine, ids.grown ?? '')).toMatchObject({ total: 2, done: 2, changed: 2 })
})

it('end where they were at work, since nobody knows whom they were about', async () => {
  const act = await workOn(engine, ids.working ?? '')
  expect(act).toMatchObject({ state: 'failed', done: 1, failure: expect.stringContaining('Start it again') })
})

it('go on with an undo that was at work, and are taken back where nobody has written since', async () => {
  expect(await workOn(engine, ids.undo ?? '')).toMatchObject({ state: 'done', total: 1, changed: 1 })
  expect(await undoAct(engine, ids.done ?? '')).toMatchObject({ done: 2, changed: 1, leftOut: { changed_since: 1 } })
  const leads = await engine.db.lead.findMany({ orderBy: { id: 'asc' } })
  expect(leads.map(({ status }) => status)).toEqual(['new', 'interested', 'contacted'])
})
