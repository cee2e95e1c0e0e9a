import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { actsOf } from '@/domain/audit/acts'
import { createBatch, createEngine, type Engine } from '../../support/engine'
import { forgetAll, workOn } from '../../support/mass-acts'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
})
beforeEach(async () => {
  await forgetAll(engine)
  await engine.db.auditEntry.deleteMany()
})

async function call(path: string, input: unknown): Promise<{ status: number; id: string }> {
  const answer = await app.post(`/api/trpc/${path}`, { json: input }, { cookie })
  const body = (await answer.json()) as { result?: { data: { json?: { id?: string } } } }
  return { status: answer.status, id: body.result?.data.json?.id ?? '' }
}
const entries = async () =>
  (await engine.db.auditEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
    ({ act, outcome, subject, subjectId, details }) => ({ act, outcome, subject, subjectId, details }),
  )

it('which leads and which batch an act on many was about stands in the log, and what was searched for does not', async () => {
  const { batch } = await createBatch(engine, { leads: 2, name: 'Fair in Kiel' })
  const target = await engine.db.leadBatch.create({ data: { name: 'Target' } })
  const filter = { statuses: ['new', 'contacted'], inBatch: batch.id, search: 'customer.example' }
  await call('massActs.start', { ...filter, kind: 'batch', batchId: target.id, expected: 2 })
  await call('massActs.start', { ...filter, kind: 'batch', batchName: 'Another', expected: 2 })
  const details = { kind: 'batch', expected: 2, statuses: 'new, contacted', inBatch: 'Fair in Kiel', searched: true }
  expect(await entries()).toEqual([
    { act: 'mass_act_started', outcome: 'done', subject: 'Target', subjectId: target.id, details },
    { act: 'mass_act_started', outcome: 'done', subject: 'Another', subjectId: null, details },
  ])
  expect(JSON.stringify(await entries())).not.toContain('customer.example')
})

it('which act was stopped or taken back stands in the log', async () => {
  await createBatch(engine, { leads: 2 })
  const target = await engine.db.leadBatch.create({ data: { name: 'Target' } })
  const { id: first } = await call('massActs.start', { kind: 'status', status: 'interested', expected: 2 })
  expect((await call('massActs.stop', { id: first })).status).toBe(200)
  const { id: second } = await call('massActs.start', { kind: 'batch', batchId: target.id, expected: 2 })
  await workOn(engine, second)
  expect((await call('massActs.undo', { id: second })).status).toBe(200)
  const said = (await entries()).filter(({ act }) => act !== 'mass_act_started')
  expect(said).toMatchObject([
    { act: 'mass_act_stopped', subjectId: first, subject: 'status interested, 2 leads, begun 2026-03-02 09:00 UTC' },
    { act: 'mass_act_undone', subjectId: second, subject: 'batch Target, 2 leads, begun 2026-03-02 09:00 UTC' },
  ])
})

it('a suppression of many leads stands among the acts of suppression', async () => {
  const { leads } = await createBatch(engine, { leads: 2 })
  const ids = leads.map(({ id }) => id)
  expect((await call('massActs.start', { kind: 'suppress', ids, expected: 2 })).status).toBe(200)
  const [entry] = await entries()
  expect(actsOf('suppression')).toContain(entry?.act)
  expect(entry).toMatchObject({ outcome: 'done', details: { kind: 'suppress', ids: 2, expected: 2 } })
})

it('whatever stands in the place of a list of statuses is not written down at length', async () => {
  for (const statuses of ['no@customer.example', [{ no: 'no@customer.example' }]])
    expect((await call('massActs.start', { kind: 'delete', statuses, expected: 1 })).status).toBe(400)
  expect(JSON.stringify(await entries())).not.toContain('customer.example')
})
