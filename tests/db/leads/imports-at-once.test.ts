import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import type { Deps } from '@/deps'
import { importLeads } from '@/use-cases/leads/import-leads'
import { loadSampleData } from '@/use-cases/sample-data/load-sample-data'
import { BY, createEngine, type Engine } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

/** The engine's dependencies on a pool of so many connections. */
async function withConnections<T>(
  connections: number,
  work: (deps: Deps, database: Database) => Promise<T>,
): Promise<T> {
  const database = createDatabase(engine.url, { connections })
  try {
    return await work({ ...engine.deps, db: database.models, sql: database.sql }, database)
  } finally {
    await database.close()
  }
}

const rowsOf = (name: string) =>
  `email,company\n${[1, 2, 3].map((i) => `${name}${i}@at-once.example,Nord`).join('\n')}\n`
const importOf = (deps: Deps, name: string) =>
  importLeads(deps, { fileName: `${name}.csv`, text: rowsOf(name), optOuts: 'suppress', by: BY })

it('an import needs one connection', async () => {
  await withConnections(1, async (deps) => {
    await expect(importOf(deps, 'single')).resolves.toMatchObject({ added: 3 })
  })
})

it('ten imports at once end well, and wait without keeping connections from others', async () => {
  await withConnections(2, async (deps) => {
    const holder = await engine.pool.connect()
    await holder.query('BEGIN; LOCK TABLE leads IN ACCESS EXCLUSIVE MODE')
    const imports = Array.from({ length: 10 }, (_, i) => importOf(deps, `lead${i}x`))
    await untilBlocked(engine.deps.sql, Promise.all(imports))
    await expect(deps.db.settings.count()).resolves.toBe(1)
    await holder.query('ROLLBACK')
    holder.release()
    const done = await Promise.all(imports)
    expect(done.map(({ added }) => added)).toEqual(Array(10).fill(3))
  })
})

it('ten people may load the sample data at once', async () => {
  await withConnections(2, async (deps) => {
    const loads = Array.from({ length: 10 }, () => loadSampleData(deps, { by: BY }))
    const added = (await Promise.all(loads)).map(({ leadsAdded }) => leadsAdded)
    expect(added.filter((count) => count > 0)).toHaveLength(1)
  })
})
