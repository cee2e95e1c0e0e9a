import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { streamTable } from '@/server/exports'
import { cancelImport } from '@/use-cases/leads/cancel-import'
import { importLeads } from '@/use-cases/leads/import-leads'
import { getImport, listImports } from '@/use-cases/leads/list-imports'
import { readLeftOut } from '@/use-cases/leads/read-left-out'
import { runImport } from '@/use-cases/leads/run-import'
import { type StartImport, startImport } from '@/use-cases/leads/start-import'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.pool.query(
    'TRUNCATE leads, lead_batches, suppressions, lead_imports, lead_import_pieces, lead_import_leads, lead_import_refusals CASCADE',
  )
})

const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `row${from + i}@import.example,Company ${from + i}`)
const GOOD = 6_500
/** 6,500 good rows among which some are none, over four chunks. */
const FILE = [
  'email,company',
  ...rowsOf(0, 3_000),
  'nobody,none',
  ...rowsOf(3_000, GOOD),
  'row17@import.example,again',
  'gone@stop.example,X',
].join('\n')

const start = (input: Partial<StartImport> = {}) =>
  startImport(engine.deps, { fileName: 'spring.csv', text: FILE, by: BY, ...input })
const run = (importId: string, signal?: AbortSignal) => runImport(engine.deps, { importId, signal })

/** A worker that is stopped once it has committed so many chunks. */
async function runChunks(importId: string, chunks: number) {
  let asked = 0
  const signal = {
    get aborted() {
      return ++asked > chunks
    },
  } as AbortSignal
  await run(importId, signal)
}

const COUNTS = { totalRows: 6_503, place: 6_503, added: GOOD, existing: 0, duplicate: 1, invalid: 1, suppressed: 1 }

async function expectWhole(id: string) {
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'done', ...COUNTS, batchName: 'spring' })
  expect(await engine.db.lead.count()).toBe(GOOD)
  expect(await engine.db.batchLead.count()).toBe(GOOD)
  expect(await engine.db.leadBatch.count()).toBe(1)
  expect(await engine.db.leadImportLead.count({ where: { importId: id, added: true } })).toBe(GOOD)
  expect(await engine.db.leadImportRefusal.count({ where: { importId: id } })).toBe(3)
  expect(await engine.db.leadImportPiece.count()).toBe(0)
}

const suppressOne = () =>
  engine.db.suppression.create({ data: { kind: 'domain', value: 'stop.example', reason: 'manual', source: 'manual' } })

describe('an import in the background', () => {
  it('waits with its file, then takes every row once and forgets the file', async () => {
    await suppressOne()
    const { id } = await start()
    expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'waiting', place: 0, totalRows: null })
    expect(await engine.db.leadImportPiece.count()).toBe(1)
    await run(id)
    await expectWhole(id)
  })

  it('goes on where a worker was stopped, and counts no row twice', async () => {
    await suppressOne()
    const { id } = await start()
    await runChunks(id, 2)
    expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'running', place: 4_000, added: 3_999 })
    await run(id)
    await expectWhole(id)
  })

  it('done three times at once, takes every row once', async () => {
    await suppressOne()
    const { id } = await start()
    await Promise.all([run(id), run(id), run(id)])
    // Those that met another had ended.
    await run(id)
    await expectWhole(id)
  })

  it('done again after its end, changes nothing', async () => {
    await suppressOne()
    const { id } = await start()
    await run(id)
    await run(id)
    await expectWhole(id)
  })

  it('cancelled, keeps what had come in and takes nothing more', async () => {
    const { id } = await start()
    await runChunks(id, 2)
    await cancelImport(engine.deps, { id, by: BY })
    await run(id)
    const row = await getImport(engine.deps, { id })
    expect(row).toMatchObject({ status: 'cancelled', added: await engine.db.lead.count() })
    expect(row.place).toBeLessThan(6_503)
    expect(await engine.db.leadImportPiece.count()).toBe(0)
    expect(await refusal(cancelImport(engine.deps, { id, by: BY }))).toEqual({
      code: 'conflict',
      message: 'This import has ended already. Nothing was changed.',
    })
  })

  it('cancelled while a worker is at it, ends there', async () => {
    const { id } = await start()
    const holder = await engine.pool.connect()
    await holder.query('BEGIN; LOCK TABLE leads IN ACCESS EXCLUSIVE MODE')
    const working = run(id)
    await untilBlocked(engine.deps.sql, working)
    const cancelled = cancelImport(engine.deps, { id, by: BY })
    await untilBlocked(engine.deps.sql, cancelled, 2)
    await holder.query('ROLLBACK')
    holder.release()
    await cancelled
    await working
    const row = await getImport(engine.deps, { id })
    expect(row).toMatchObject({ status: 'cancelled', place: 2_000 })
    expect(row.added).toBe(await engine.db.lead.count())
  })

  it('of a file with a fault at its end fails before its first row', async () => {
    const { id } = await start({ text: `${FILE}\nlast@x.example,"open` })
    await run(id)
    expect(await getImport(engine.deps, { id })).toMatchObject({
      status: 'failed',
      place: 0,
      failure: expect.stringContaining('is never closed. Nothing was imported.'),
    })
    expect(await engine.db.lead.count()).toBe(0)
    expect(await engine.db.leadBatch.count()).toBe(0)
  })

  it('into a batch that is deleted meanwhile fails, and says so', async () => {
    const batch = await engine.db.leadBatch.create({ data: { name: 'Old' } })
    const { id } = await start({ batchId: batch.id })
    await runChunks(id, 2)
    await engine.db.leadBatch.delete({ where: { id: batch.id } })
    await run(id)
    expect(await getImport(engine.deps, { id })).toMatchObject({
      status: 'failed',
      batchName: 'Old',
      failure: expect.stringContaining(
        'The batch of this import was deleted meanwhile. What had come in before stays.',
      ),
    })
  })

  it('is found by the tick when its job was lost', async () => {
    const enqueued: string[] = []
    const deps = {
      ...engine.deps,
      queue: { ...engine.deps.queue, enqueueImport: async (id: string) => void enqueued.push(id) },
    }
    const { id } = await start()
    await runTick(deps)
    expect(enqueued).toEqual([])
    await engine.pool.query(`UPDATE lead_imports SET touched_at = touched_at - interval '2 minutes'`)
    await runTick(deps)
    expect(enqueued).toEqual([id])
  })
})

it('one that a caller waits for stands in the history as well', async () => {
  const done = await importLeads(engine.deps, { fileName: 'a.csv', text: 'email\na@x.example\nb@\n', by: BY })
  const { rows, total } = await listImports(engine.deps)
  expect(total).toBe(1)
  expect(rows).toMatchObject([{ status: 'done', fileName: 'a.csv', added: 1, invalid: 1, batchId: done.batchId }])
})

it('at most twenty of a person wait', async () => {
  for (let i = 0; i < 20; i++) await start({ text: 'email\na@x.example' })
  expect(await refusal(start())).toEqual({
    code: 'in_use',
    message: '20 of your imports wait already. Nothing was imported. Wait until one has ended, or cancel one.',
  })
  await expect(start({ by: 'another' })).resolves.toMatchObject({ id: expect.any(String) })
})

it('the rows that were left out are a file that can be imported, all of them', async () => {
  const bad = Array.from({ length: 1_203 }, (_, i) => `nobody${i};=1+${i}`)
  const { id } = await start({ text: ['email;note', ...bad, 'a@x.example;fine'].join('\n') })
  await run(id)
  const { fileName, table } = await readLeftOut(engine.deps, { id })
  const text = await new Response(streamTable(table, async () => undefined)).text()
  const lines = text.split('\r\n')
  expect(fileName).toBe('spring - left out.csv')
  expect(lines[0]).toBe('email,note,Left out: line,Left out: reason')
  expect(lines[1]).toBe('nobody0,\'=1+0,2,"""nobody0"" is not an email address: the @ is missing"')
  expect(lines).toHaveLength(1_203 + 2)
})

it('what is known of people goes with them, from what was left out as well', async () => {
  const { id } = await start({ text: 'email,note\nada@x.example,a\nada@x.example,b\n' })
  await run(id)
  const { id: leadId } = await engine.db.lead.findFirstOrThrow()
  const { deleteLeads } = await import('@/use-cases/leads/delete-leads')
  await deleteLeads(engine.deps, { ids: [leadId], by: BY })
  expect(await engine.db.leadImportRefusal.count()).toBe(0)
  expect(await engine.db.leadImportLead.count()).toBe(0)
  expect(await getImport(engine.deps, { id })).toMatchObject({ added: 1, duplicate: 1, refusals: [], refusalsKept: 0 })
})
