import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import type { ExportTable } from '@/domain/lists/exports'
import { takePlace } from '@/server/export-places'
import { streamTable } from '@/server/exports'
import { exportBatches } from '@/use-cases/leads/export-batches'
import { exportCampaigns } from '@/use-cases/progress/export-campaigns'
import { createEngine, createOutreach, type Engine } from '../../support/engine'
import { fileOf } from '../../support/exported-file'
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

const get = (path: string) => fetch(`${app.url}/api/exports/${path}`, { headers: { cookie } })
const lastActs = (take: number) => engine.db.auditEntry.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take })

describe('a list that changes while it is read', () => {
  const namesOf = async ({ pages }: ExportTable, meanwhile: () => Promise<unknown>) => {
    const names: unknown[] = []
    let reads = 0
    for await (const page of pages) {
      names.push(...page.map(([name]) => name))
      if (reads++ === 0) await meanwhile()
    }
    return names
  }
  const many = (made: string) => Array.from({ length: 205 }, (_, n) => ({ name: `${made} ${n}` }))
  const expected = (made: string) =>
    many(made)
      .map(({ name }) => name)
      .sort()

  it('has each batch once', async () => {
    await engine.db.leadBatch.createMany({ data: many('Pile') })
    const table = await exportBatches(engine.deps, { search: 'Pile' })
    const meanwhile = () => engine.db.leadBatch.createMany({ data: [{ name: 'Pile, new' }, { name: 'Pile, newer' }] })
    expect((await namesOf(table, meanwhile)).sort()).toEqual(expected('Pile'))
  })

  it('has each campaign once', async () => {
    const data = (name: string) => ({
      name,
      campaignType: 'outreach' as const,
      timezone: 'UTC',
      status: 'draft' as const,
    })
    await engine.db.campaign.createMany({ data: many('Row').map(({ name }) => data(name)) })
    const table = await exportCampaigns(engine.deps, { type: 'outreach', search: 'Row' })
    const meanwhile = () => engine.db.campaign.createMany({ data: [data('Row, new'), data('Row, newer')] })
    expect((await namesOf(table, meanwhile)).sort()).toEqual(expected('Row'))
  })
})

describe('files that leave at once', () => {
  it('are two of a person, whose third is told so, and has a place once one of them has gone', async () => {
    const { id } = await createOutreach(engine, { leads: 1, name: 'Read slowly' })
    const { tx, rollback } = await beginTransaction(engine.deps.sql)
    let isLocked = true
    const unlock = async () => {
      if (isLocked) await rollback()
      isLocked = false
    }
    try {
      await execute(tx)`LOCK TABLE scheduled_emails`
      const leaving = async () => {
        const left = new AbortController()
        const { signal } = left
        const answer = await fetch(`${app.url}/api/exports/emails?campaign=${id}`, { headers: { cookie }, signal })
        return { answer, leave: () => left.abort() }
      }
      const [one, two] = [await leaving(), await leaving()]
      expect([one.answer.status, two.answer.status]).toEqual([200, 200])
      const acts = await engine.db.auditEntry.count()
      const third = await get('batches')
      expect([third.status, await third.text()]).toEqual([
        429,
        '2 files of yours are on their way already. Nothing was exported. Wait until one of them has arrived, then export again.',
      ])
      expect(await engine.db.auditEntry.count()).toBe(acts)
      one.leave()
      const outcomes = async (of: number) => (await lastActs(of)).map(({ outcome }) => outcome).sort()
      await expect.poll(() => outcomes(2)).toEqual(['begun', 'refused'])
      await fileOf(await get('batches'))
      await unlock()
      await fileOf(two.answer)
      await expect.poll(() => outcomes(3)).toEqual(['done', 'done', 'refused'])
    } finally {
      await unlock()
    }
  })

  it('are eight of everybody', () => {
    const places = Array.from({ length: 8 }, (_, n) => takePlace(`person ${n % 4}`))
    expect(places.every((place) => 'leave' in place)).toBe(true)
    expect(takePlace('one more')).toEqual({
      refusal:
        '8 files are on their way to people of your team already. Nothing was exported. Wait until one of them has arrived, then export again.',
    })
    // Twice is once.
    for (const place of [places[0], places[0]]) if (place && 'leave' in place) place.leave()
    const last = takePlace('one more')
    expect('leave' in last).toBe(true)
    expect('refusal' in takePlace('another')).toBe(true)
    for (const place of [...places, last]) if ('leave' in place) place.leave()
  })

  it('are none where somebody asks only whether there is one', async () => {
    const acts = await engine.db.auditEntry.count()
    for (let n = 0; n < 3; n++) {
      const answer = await fetch(`${app.url}/api/exports/batches`, { method: 'HEAD', headers: { cookie } })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    }
    expect(await engine.db.auditEntry.count()).toBe(acts)
    await fileOf(await get('batches'))
  })
})

describe('a table on its way', () => {
  it('is read no further than its reader has come, and ends with who left it', async () => {
    let read = 0
    const ends: string[] = []
    async function* pages() {
      for (;;) {
        read += 1
        yield [['x'.repeat(10_000)]]
      }
    }
    const stream = streamTable({ header: ['a'], pages: pages() }, async ({ outcome }) => void ends.push(outcome))
    const reader = stream.getReader()
    expect(read).toBe(0)
    for (let i = 0; i < 3; i++) await reader.read()
    await new Promise(setImmediate)
    expect(read).toBe(2)
    await reader.cancel()
    expect(ends).toEqual(['refused'])
  })

  it('ends once, with who left it, also while a page was read for them', async () => {
    for (const fails of [false, true]) {
      const ends: string[] = []
      const [begun, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      async function* pages() {
        yield [['one']]
        begun.resolve()
        await read.promise
        if (fails) throw new Error('database gone')
        yield [['two']]
      }
      const stream = streamTable({ header: ['a'], pages: pages() }, async ({ outcome }) => void ends.push(outcome))
      const reader = stream.getReader()
      await reader.read()
      await reader.read()
      const inFlight = reader.read()
      await begun.promise
      const left = reader.cancel().catch(() => undefined)
      read.resolve()
      await Promise.all([inFlight, left])
      await new Promise(setImmediate)
      expect(ends).toEqual(['refused'])
    }
  })

  it('is ended where nobody reads on for long', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const ends: string[] = []
    async function* pages() {
      for (;;) yield [['one']]
    }
    const stream = streamTable({ header: ['a'], pages: pages() }, async ({ outcome }) => void ends.push(outcome))
    const reader = stream.getReader()
    await reader.read()
    vi.advanceTimersByTime(4 * 60_000)
    expect(ends).toEqual([])
    await reader.read()
    vi.advanceTimersByTime(4 * 60_000)
    expect(ends).toEqual([])
    vi.advanceTimersByTime(2 * 60_000)
    vi.useRealTimers()
    await expect(reader.read()).rejects.toThrow('Nobody has read on')
    expect(ends).toEqual(['refused'])
  })

  it('breaks off where a read fails, and is no shorter file', async () => {
    const ends: string[] = []
    async function* pages() {
      yield [['one']]
      throw new Error('database gone')
    }
    const stream = streamTable({ header: ['a'], pages: pages() }, async ({ outcome }) => void ends.push(outcome))
    await expect(new Response(stream).text()).rejects.toThrow('database gone')
    expect(ends).toEqual(['failed'])
  })
})
