import { readFile } from 'node:fs/promises'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesSource } from '@/csv/csv-source'
import type { Context } from '@/server/api/context'
import { batchesRouter } from '@/server/api/routers/batches'
import { leadsRouter } from '@/server/api/routers/leads'
import { suppressionRouter } from '@/server/api/routers/suppression'
import { createCallerFactory, createRouter } from '@/server/api/trpc'
import { createEngine, type Engine } from '../support/engine'

const createCaller = createCallerFactory(
  createRouter({ batches: batchesRouter, leads: leadsRouter, suppression: suppressionRouter }),
)
const MEMBER: Context['user'] = { id: 'u1', name: 'Mia', email: 'mia@team.example', role: 'member' }

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const callAs = (user: Context['user']) => createCaller({ deps: engine.deps, user } as Context)

async function uploadAs(user: Context['user'], bytes: Buffer): Promise<string> {
  const file = { owner: user?.id ?? '', fileName: 'spring.csv', limit: bytes.length, at: new Date() }
  return (await engine.deps.uploads.store(bytesSource(bytes).read(), file)).id
}

const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(TRPCError)
  const { code, message } = error as TRPCError
  return { code, message }
}

describe('a member', () => {
  it('imports a file, finds its leads, gives one a status, takes the batch apart', async () => {
    const api = callAs(MEMBER)
    const uploadId = await uploadAs(MEMBER, await readFile('tests/fixtures/leads-12-good-5-bad.csv'))
    const checked = await api.batches.importCsv({ fileName: 'spring.csv', uploadId, dryRun: true })
    expect(checked).toMatchObject({ rows: 17, added: 12, batchId: null })
    const mapping = checked.file.columns.map(({ target }) => target)
    const imported = await api.batches.importCsv({ fileName: 'spring.csv', uploadId, batchName: 'Spring', mapping })
    const batch = await api.batches.get({ id: imported.batchId ?? '', sort: 'email', descending: false, pageSize: 5 })
    expect(batch).toMatchObject({ name: 'Spring', leadCount: 12, leads: { total: 12, previous: null, pageSize: 5 } })
    expect(batch.leads.leads[0]).toMatchObject({ email: 'ada.winter@nordlicht-werften.example' })

    const found = await api.leads.list({ search: 'brightwell', batchId: imported.batchId ?? '' })
    const id = found.leads[0]?.id ?? ''
    expect(await api.leads.setStatus({ id, status: 'interested' })).toEqual({ updated: 1, emailsSkipped: 0 })
    expect(await api.leads.get({ id })).toMatchObject({ status: 'interested', batches: [{ name: 'Spring' }] })
    expect(await api.leads.delete({ ids: [id] })).toEqual({
      leads: 1,
      plannedEmails: 0,
      sentEmails: 0,
      campaigns: 0,
      waitingReplies: 0,
      heldReplies: 0,
    })
    expect(await api.batches.delete({ id: imported.batchId ?? '' })).toMatchObject({ leadsKept: 11 })
  })

  it('keeps the suppression list', async () => {
    const api = callAs(MEMBER)
    await api.suppression.add({ value: 'never@x.example' })
    const { entries } = await api.suppression.list({ search: 'never' })
    expect(entries).toMatchObject([{ value: 'never@x.example', reason: 'manual' }])
    await api.suppression.remove({ id: entries[0]?.id ?? '', reason: 'Added by mistake' })
    expect(await api.suppression.list()).toMatchObject({ total: 0 })
  })
})

it('lists work without input', async () => {
  const api = callAs(MEMBER)
  expect(await api.leads.list()).toMatchObject({ previous: null, pageSize: 50 })
  expect(await api.batches.list()).toMatchObject({ rows: expect.any(Array), total: expect.any(Number) })
})

describe('refusals', () => {
  it('of the product keep their words and get a fitting code', async () => {
    const api = callAs(MEMBER)
    expect(await refusal(api.batches.importCsv({ fileName: 'a.csv', text: 'Name\nAda\n' }))).toEqual({
      code: 'BAD_REQUEST',
      message:
        '"a.csv" has no column of email addresses. Columns found: Name. Nothing was imported. Say which column holds the addresses, or name it "Email" in the file.',
    })
    await api.leads.create({ email: 'twice@api.example' })
    expect((await refusal(api.leads.create({ email: 'twice@api.example' }))).code).toBe('CONFLICT')
    expect((await refusal(api.leads.get({ id: '01900000-0000-7000-8000-000000000000' }))).code).toBe('NOT_FOUND')
  })

  it('of input that makes no sense come before anything is touched', async () => {
    const api = callAs(MEMBER)
    for (const work of [
      () => api.batches.importCsv({ fileName: 'a.csv' }),
      () => api.batches.importCsv({ fileName: 'a.csv', text: 'a', uploadId: '01900000-0000-7000-8000-000000000000' }),
      () => api.batches.importCsv({ fileName: 'a.csv', text: 'email\na@x.example', mapping: ['status'] }),
      () => api.leads.setStatus({ status: 'new' }),
      () =>
        api.leads.setStatus({
          id: '01900000-0000-7000-8000-000000000000',
          ids: ['01900000-0000-7000-8000-000000000000'],
          status: 'new',
        }),
      () => api.leads.list({ pageSize: 1_000 }),
      () => api.batches.create({ name: '  ' }),
    ]) {
      expect((await refusal(work())).code).toBe('BAD_REQUEST')
    }
  })

  it('of strangers: every procedure asks who is calling', async () => {
    const api = callAs(null)
    const id = '01900000-0000-7000-8000-000000000000'
    for (const work of [
      () => api.leads.list(),
      () => api.leads.get({ id }),
      () => api.leads.create({ email: 'a@x.example' }),
      () => api.leads.update({ id }),
      () => api.leads.delete({ id }),
      () => api.leads.setStatus({ id, status: 'new' }),
      () => api.batches.list(),
      () => api.batches.get({ id }),
      () => api.batches.create({ name: 'x' }),
      () => api.batches.update({ id }),
      () => api.batches.delete({ id }),
      () => api.batches.importCsv({ fileName: 'a.csv', text: 'email' }),
      () => api.suppression.list(),
      () => api.suppression.add({ value: 'a@x.example' }),
      () => api.suppression.remove({ id, reason: 'x' }),
      () => api.suppression.removals(),
      () => api.suppression.import({ fileName: 'a', text: 'a@x.example' }),
    ]) {
      expect(await refusal(work())).toEqual({ code: 'UNAUTHORIZED', message: 'Sign in first.' })
    }
  })
})
