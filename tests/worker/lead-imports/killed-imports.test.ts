import { afterEach, beforeEach, expect, it } from 'vitest'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { getImport, type ShownImport } from '@/use-cases/leads/list-imports'
import { rollBackImport } from '@/use-cases/leads/roll-back-import'
import { startImport } from '@/use-cases/leads/start-import'
import { BY, type Engine } from '../../support/engine'
import { createLiveEngine } from '../../support/live-engine'
import { eventually, startWorker, type WorkerProcess } from '../../support/worker-process'

/** Real workers that are killed in the middle of an import and of its rollback, each within a part that is not committed. */

const ROWS = 9_000
const FILE = [
  'email,company',
  ...Array.from({ length: ROWS }, (_, i) => `kill${i}@import.example,Nord ${i}`),
  'nobody,X',
].join('\n')

let engine: Engine
let workers: WorkerProcess[] = []
beforeEach(async () => {
  engine = await createLiveEngine()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()))
  workers = []
  await engine.close()
})

const launch = async () => {
  const worker = await startWorker(engine.url, engine.sink)
  workers.push(worker)
  return worker
}

/** Enqueues the work twice more: as other jobs than the one that waits. */
async function enqueueTwice(importId: string) {
  const boss = await startBoss({ databaseUrl: engine.url, log: engine.deps.log, role: 'web' })
  for (const i of [1, 2]) await boss.send(JOB.importLeads, { importId }, { singletonKey: `again-${i}` })
  await boss.stop({ graceful: false })
}

/** Kills a worker while it waits, within a part that begins at this place, for what another transaction holds. */
async function killAt(importId: string, stands: (row: ShownImport) => boolean, hold: string) {
  const holder = await engine.pool.connect()
  try {
    await holder.query(`BEGIN; ${hold}`)
    const worker = await launch()
    await enqueueTwice(importId)
    await eventually(async () => {
      const { rows } = await engine.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'leadnexconnect-worker'`,
      )
      return rows.length > 0 && stands(await getImport(engine.deps, { id: importId }))
    }, 'the worker stands within a part')
    await worker.kill()
    await holder.query('ROLLBACK')
  } finally {
    holder.release(true)
  }
}

const untilStatus = (id: string, status: string) =>
  eventually(async () => (await getImport(engine.deps, { id })).status === status, `the import is ${status}`)

it('an import loses and doubles no lead when its workers are killed and its jobs doubled, and neither does its rollback', async () => {
  const { id } = await startImport(engine.deps, { fileName: 'kill.csv', text: FILE, by: BY })
  // In its third part, which waits for somebody who adds one of its addresses.
  await killAt(id, ({ place }) => place === 4_000, `INSERT INTO leads (email) VALUES ('kill5000@import.example')`)
  expect(await engine.db.lead.count()).toBe(4_000)
  await killAt(id, ({ place }) => place === 8_000, `INSERT INTO leads (email) VALUES ('kill8500@import.example')`)
  expect(await engine.db.lead.count()).toBe(8_000)
  await Promise.all([launch(), launch()])
  await enqueueTwice(id)
  await untilStatus(id, 'done')
  const done = await getImport(engine.deps, { id })
  expect(done).toMatchObject({
    totalRows: ROWS + 1,
    place: ROWS + 1,
    added: ROWS,
    existing: 0,
    invalid: 1,
    duplicate: 0,
  })
  expect(await engine.db.lead.count()).toBe(ROWS)
  expect(await engine.db.batchLead.count({ where: { batchId: String(done.batchId) } })).toBe(ROWS)
  expect(await engine.db.leadBatch.count()).toBe(1)
  expect(await engine.db.leadImportRefusal.count()).toBe(1)

  await Promise.all(workers.map((worker) => worker.kill()))
  await rollBackImport(engine.deps, { id, expected: { removed: ROWS, restored: 0 }, by: BY })
  await killAt(
    id,
    ({ removed }) => removed === 2_000,
    `SELECT id FROM leads WHERE id = (SELECT id FROM leads ORDER BY id OFFSET 2200 LIMIT 1) FOR UPDATE`,
  )
  expect(await engine.db.lead.count()).toBe(ROWS - 2_000)
  await Promise.all([launch(), launch()])
  await enqueueTwice(id)
  await untilStatus(id, 'rolled_back')
  expect(await getImport(engine.deps, { id })).toMatchObject({
    removed: ROWS,
    gone: 0,
    batchRemoved: true,
  })
  expect(await engine.db.lead.count()).toBe(0)
}, 300_000)
