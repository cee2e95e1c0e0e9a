import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { selectImportedFacts } from '@/db/queries/lead-imports/roll-back'
import { countFates, fateOf } from '@/domain/lead-import/rollback'
import { createBatch } from '@/use-cases/leads/create-batch'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import type { ImportLeads } from '@/use-cases/leads/import-leads'
import { getImport } from '@/use-cases/leads/list-imports'
import { previewRollback, rollBackImport } from '@/use-cases/leads/roll-back-import'
import { runImport } from '@/use-cases/leads/run-import'
import { updateLead } from '@/use-cases/leads/update-lead'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { BY, createEngine, type Engine } from '../../support/engine'
import {
  agreeToRollback,
  emptyImports,
  importRows as importInto,
  rollBack as rollBackOf,
  startOn as startCampaignOn,
} from '../../support/lead-imports/rolled-back'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

const original = pg.Pool.prototype.query
const importRows = (rows: string, input: Partial<ImportLeads> = {}) => importInto(engine, rows, input)
const rollBack = (id: string) => rollBackOf(engine, id)
const startOn = (batchId: string) => startCampaignOn(engine, batchId)
const leadOf = (name: string) => engine.db.lead.findUnique({ where: { email: `${name}@x.example` } })
const idOf = async (name: string) => String((await leadOf(name))?.id)

it('says what a rollback would do without reading each lead: as many rows as there are different cases', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `many${i}@x.example,Nord`)
  await importRows('email\nold@x.example\nkept@x.example\n', { batchName: 'First' })
  const { id } = await importRows(['email,company', 'old@x.example,Nord', ...rows].join('\n'))
  await startOn(
    (await createBatch(engine.deps, { name: 'Some', leadIds: [await idOf('many1'), await idOf('many2')], by: BY })).id,
  )
  engine.clock.advance(60_000)
  await updateLead(engine.deps, { id: await idOf('many3'), city: 'Kiel', by: BY })
  let read = 0
  const query = vi.spyOn(pg.Pool.prototype, 'query').mockImplementation(function (this: pg.Pool, ...args: unknown[]) {
    const answer = (original as (...args: unknown[]) => unknown).apply(this, args)
    if (answer instanceof Promise) answer.then(({ rows }) => (read += rows?.length ?? 0)).catch(() => undefined)
    return answer as never
  })
  const preview = await previewRollback(engine.deps, { id })
  query.mockRestore()
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(20)
  const leads = await engine.db.leadImportLead.findMany({ where: { importId: id } })
  const facts = await selectImportedFacts(engine.deps.sql, { importId: id, leadIds: leads.map(({ leadId }) => leadId) })
  expect(facts).toHaveLength(301)
  expect(preview).toEqual({ ...countFates(facts.map(fateOf)), added: 300, existing: 1 })
  expect(preview).toMatchObject({ keptPlanned: 2, keptChanged: 1, removed: 297 })
})

it('takes away what only the import brought, with the batch that it made', async () => {
  const { id, batchId } = await importRows('email\na@x.example\nb@x.example\nbad\n')
  expect(await rollBack(id)).toMatchObject({
    added: 2,
    removed: 2,
    invalid: 1,
    refusalsKept: 1,
    batchRemoved: true,
    hasBatch: false,
  })
  expect(await engine.db.lead.count()).toBe(0)
  expect(await engine.db.leadBatch.count({ where: { id: batchId } })).toBe(0)
})

it('gives leads of before what they were: values, custom fields, and the batches they are in', async () => {
  await importRows('email,city,region\nold@x.example,Kiel,North\nsame@x.example,Kiel,North\n', { batchName: 'First' })
  const before = await leadOf('old')
  const { id } = await importRows(
    'email,company,city,region,size\nold@x.example,Nord,Bremen,South,9\nnew@x.example,,,,\n',
    { batchName: 'Second' },
  )
  expect(await leadOf('old')).toMatchObject({
    companyName: 'Nord',
    city: 'Kiel',
    customFields: { region: 'North', size: '9' },
  })
  expect(await rollBack(id)).toMatchObject({
    added: 1,
    existing: 1,
    filled: 1,
    removed: 1,
    restored: 1,
    batchRemoved: true,
  })
  expect({ ...(await leadOf('old')), updatedAt: null }).toEqual({ ...before, updatedAt: null })
  expect(await engine.db.batchLead.count()).toBe(2)
})

it('leaves a value that somebody has changed since, and gives back the others', async () => {
  await importRows('email\nold@x.example\n', { batchName: 'First' })
  const { id } = await importRows('email,company,city\nold@x.example,Nord,Kiel\n', { batchName: 'Second' })
  await updateLead(engine.deps, { id: await idOf('old'), companyName: 'Süd', by: BY })
  expect(await rollBack(id)).toMatchObject({ restored: 1 })
  expect(await leadOf('old')).toMatchObject({ companyName: 'Süd', city: null })
})

it('keeps whoever was emailed or is planned for, and their batch', async () => {
  const { id, batchId } = await importRows('email,company\na@x.example,Nord\nb@x.example,Nord\n')
  await startOn(batchId)
  expect(await rollBack(id)).toMatchObject({ added: 2, removed: 0, keptPlanned: 2, batchRemoved: false })
  expect(await engine.db.scheduledEmail.count()).toBe(4)
})

it('keeps whoever was emailed, and says so', async () => {
  const { id, batchId } = await importRows('email,company\na@x.example,Nord\n')
  const campaign = await startOn(batchId)
  await engine.work()
  const late = await engine.db.lead.create({ data: { email: 'late@x.example' } })
  expect(await rollBack(id)).toMatchObject({ added: 1, keptEmailed: 1, keptPlanned: 0 })
  expect(await engine.db.scheduledEmail.count({ where: { campaignId: campaign } })).toBe(2)
  expect(await engine.db.lead.findUnique({ where: { id: late.id } })).not.toBeNull()
})

it('keeps what an email to a lead of before was made of', async () => {
  await importRows('email\nold@x.example\n', { batchName: 'First' })
  const { id, batchId } = await importRows('email,company\nold@x.example,Nord\n', { batchName: 'Second' })
  await startOn(batchId)
  expect(await rollBack(id)).toMatchObject({ existing: 1, existingKept: 1, restored: 0 })
  expect(await leadOf('old')).toMatchObject({ companyName: 'Nord' })
})

describe('keeps who did not come by the import alone', () => {
  it('another import brought them as well, until that is rolled back', async () => {
    const first = await importRows('email\na@x.example\nb@x.example\n', { batchName: 'First' })
    const second = await importRows('email\na@x.example\n', { batchName: 'Second' })
    expect(await previewRollback(engine.deps, { id: first.id })).toMatchObject({ removed: 1, keptElsewhere: 1 })
    await rollBack(second.id)
    expect(await rollBack(first.id)).toMatchObject({ removed: 2, keptElsewhere: 0 })
  })

  it('a person put them into another batch', async () => {
    const { id } = await importRows('email\na@x.example\nb@x.example\n')
    await createBatch(engine.deps, { name: 'Chosen', leadIds: [await idOf('a')], by: BY })
    expect(await rollBack(id)).toMatchObject({ removed: 1, keptElsewhere: 1, batchRemoved: false })
  })

  it('a person edited them', async () => {
    const { id } = await importRows('email\na@x.example\nb@x.example\n')
    engine.clock.advance(60_000)
    await updateLead(engine.deps, { id: await idOf('a'), city: 'Kiel', by: BY })
    expect(await rollBack(id)).toMatchObject({ removed: 1, keptChanged: 1 })
  })
})

it('counts who was deleted before as gone', async () => {
  const { id } = await importRows('email\na@x.example\nb@x.example\n')
  await deleteLeads(engine.deps, { ids: [await idOf('a')], by: BY })
  expect(await rollBack(id)).toMatchObject({ added: 2, removed: 1, gone: 1 })
})

it('leaves an address on the suppression list that the file had put there', async () => {
  const { id } = await importRows('email,unsubscribed\na@x.example,yes\nb@x.example,no\n', { optOuts: 'suppress' })
  expect(await rollBack(id)).toMatchObject({ removed: 1, optedOut: 1, suppressedNow: 1 })
  expect(await engine.db.suppression.count()).toBe(1)
})

const MANY = ['email', ...Array.from({ length: 1_300 }, (_, i) => `many${i}@x.example`)].join('\n')

it('goes on where a worker was stopped, and done at once it counts each lead once', async () => {
  const { id } = await importRows(MANY)
  await agreeToRollback(engine, id)
  let asked = 0
  const signal = {
    get aborted() {
      return ++asked > 1
    },
  } as AbortSignal
  await runImport(engine.deps, { importId: id, signal })
  expect(await getImport(engine.deps, { id })).toMatchObject({ status: 'rolling_back', removed: 500 })
  await Promise.all([1, 2, 3].map(() => runImport(engine.deps, { importId: id })))
  expect(await getImport(engine.deps, { id })).toMatchObject({
    status: 'rolled_back',
    removed: 1_300,
    gone: 0,
  })
})

it('a start at the same moment plans for leads that stay, or finds none of them', async () => {
  const { id, batchId } = await importRows('email,company\na@x.example,A\nb@x.example,B\nc@x.example,C\n')
  await agreeToRollback(engine, id)
  await Promise.allSettled([startOn(batchId), runImport(engine.deps, { importId: id })])
  const row = await getImport(engine.deps, { id })
  expect(row.removed + row.keptPlanned).toBe(3)
  expect(await engine.db.lead.count()).toBe(row.keptPlanned)
  expect(await engine.db.scheduledEmail.count()).toBe(2 * row.keptPlanned)
})

it('is done once, after the end, while it is known who came by it', async () => {
  const { id } = await importRows('email\na@x.example\n')
  await rollBack(id)
  const again = { removed: 1, restored: 0 }
  expect(await refusal(rollBackImport(engine.deps, { id, expected: again, by: BY }))).toEqual({
    code: 'conflict',
    message: 'This import cannot be rolled back. It was rolled back before. Nothing was changed.',
  })
  const old = await importRows('email\nb@x.example\nbad\n')
  await engine.pool.query(
    `UPDATE lead_imports SET created_at = created_at - interval '92 days', finished_at = finished_at - interval '92 days'`,
  )
  const tooOld = {
    code: 'conflict',
    message:
      'This import cannot be rolled back. It ended more than 90 days ago, and who came by it is known for 90 days. Nothing was changed.',
  }
  expect(await refusal(previewRollback(engine.deps, { id: old.id }))).toEqual(tooOld)
  expect(await refusal(rollBackImport(engine.deps, { id: old.id, expected: again, by: BY }))).toEqual(tooOld)
  await clearOldRows(engine.deps)
  expect(await engine.db.leadImportLead.count()).toBe(0)
  expect(await engine.db.leadImportRefusal.count()).toBe(0)
  expect(await getImport(engine.deps, { id: old.id })).toMatchObject({ added: 1, invalid: 1, refusalsKept: 0 })
})
