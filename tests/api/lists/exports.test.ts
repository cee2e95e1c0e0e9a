import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import type { ExportTable } from '@/domain/lists/exports'
import { ROLES } from '@/domain/team/roles'
import { takePlace } from '@/server/export-places'
import { streamTable } from '@/server/exports'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { exportBatches } from '@/use-cases/leads/export-batches'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { exportCampaigns } from '@/use-cases/progress/export-campaigns'
import { createBatch, createEngine, createOutreach, type Engine } from '../../support/engine'
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
/** The lines of a file, its header apart. */
async function fileOf(answer: Response) {
  const bytes = Buffer.from(await answer.arrayBuffer())
  // `text()` would take the byte order mark away.
  const [header = '', ...lines] = bytes.toString('utf8').split('\r\n')
  expect(header[0]).toBe('\ufeff')
  expect(lines.pop()).toBe('')
  return { header: header.slice(1).split(','), lines }
}
const lastActs = (take: number) => engine.db.auditEntry.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take })
const lastAct = async () => (await lastActs(1))[0] ?? { details: null }

describe('leads as a file', () => {
  it('has every lead that matches, over more than one read, with custom fields in columns of their own', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 2_003, name: 'Many' })
    const [first, second] = leads
    await engine.db.lead.update({
      where: { id: first?.id ?? '' },
      data: { companyName: '=HYPERLINK("http://x")', customFields: { Budget: '5,000', 'Team size': 12 } },
    })
    await engine.db.lead.update({ where: { id: second?.id ?? '' }, data: { status: 'replied' } })
    const { header, lines } = await fileOf(await get(`leads?batch=${batch.id}`))
    expect(header.slice(-4)).toEqual(['added_at', 'Budget', 'Team size', 'other_fields'])
    expect(lines).toHaveLength(2_003)
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(new Set(leads.map(({ email }) => email)))
    const own = lines.find((line) => line.startsWith(`${first?.email},`))
    expect(own).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(own).toMatch(/,"5,000",12,$/)
    const replied = await fileOf(await get(`leads?batch=${batch.id}&status=replied`))
    expect(replied.lines.map((line) => line.split(',')[0])).toEqual([second?.email])
    expect(await lastAct()).toMatchObject({
      act: 'list_exported',
      outcome: 'done',
      subject: 'Leads',
      subjectId: batch.id,
      details: { status: 'replied' },
    })
  })

  it('takes chosen leads from a form of this site, and keeps only their number', async () => {
    const { leads } = await createBatch(engine, { leads: 3, name: 'Few' })
    const [one, , three] = leads
    const body = new URLSearchParams({ ids: `${one?.id},${three?.id}` })
    const post = (origin: string) =>
      fetch(`${app.url}/api/exports/leads`, { method: 'POST', headers: { cookie, origin }, body })
    const { lines } = await fileOf(await post(app.url))
    expect(lines.map((line) => line.split(',')[0])).toEqual([one?.email, three?.email])
    expect((await lastAct()).details).toEqual({ ids: 2 })
    expect((await post('https://elsewhere.example')).status).toBe(403)
  })

  it('takes as many chosen leads as it says, and no more', async () => {
    const { leads } = await createBatch(engine, { leads: 3, name: 'Of many' })
    const others = Array.from({ length: 9_997 }, () => randomUUID())
    const post = (ids: readonly string[]) =>
      fetch(`${app.url}/api/exports/leads`, {
        method: 'POST',
        headers: { cookie, origin: app.url },
        body: new URLSearchParams({ ids: ids.join() }),
      })
    const answer = await post([...others, ...leads.map(({ id }) => id)])
    expect(answer.status).toBe(200)
    expect((await fileOf(answer)).lines.map((line) => line.split(',')[0])).toEqual(leads.map(({ email }) => email))
    expect((await lastAct()).details).toEqual({ ids: 10_000 })
    expect((await post([...others, ...others.slice(0, 4)])).status).toBe(400)
    expect(
      (
        await post(
          Array(20_000)
            .fill(others[0] ?? '')
            .concat(others),
        )
      ).status,
    ).toBe(413)
  })

  it('leaves out no custom field: those that have no column of their own stand in the last one', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 3, name: 'Wide' })
    const fields = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${String(from + n).padStart(4, '0')}`, `v${n}`]))
    for (const [n, lead] of leads.entries())
      await engine.db.lead.update({ where: { id: lead.id }, data: { customFields: fields(n * 180, 180) } })
    const { header, lines } = await fileOf(await get(`leads?batch=${batch.id}`))
    expect([header.filter((name) => /^f\d/.test(name)).length, header.at(-1)]).toEqual([500, 'other_fields'])
    expect(lines[2]).toContain(`"{""f0500"":""v140"",`)
    expect(lines[2]).toContain(`""f0539"":""v179""}"`)
    expect(lines[0]).toMatch(/,$/)
  })
})

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

describe('the rows that an import has left out', () => {
  const leftOut = (id: string) => fetch(`${app.url}/api/imports/${id}/left-out`, { headers: { cookie } })

  it('are a file for members, with its line in the log like each export', async () => {
    const { id } = await startImport(engine.deps, { fileName: 'people.csv', text: 'email\nnobody\n', by: 'owner' })
    await runImport(engine.deps, { importId: id })
    const before = await engine.db.auditEntry.count()
    await engine.db.user.updateMany({ data: { role: 'viewer' } })
    expect((await leftOut(id)).status).toBe(403)
    expect(await engine.db.auditEntry.count()).toBe(before)
    await engine.db.user.updateMany({ data: { role: 'member' } })
    const { lines } = await fileOf(await leftOut(id))
    await engine.db.user.updateMany({ data: { role: 'owner' } })
    expect(lines).toEqual([expect.stringMatching(/^nobody,2,/)])
    expect(await lastAct()).toMatchObject({
      act: 'list_exported',
      outcome: 'done',
      subject: 'Rows that an import left out',
      subjectId: id,
      actorName: 'Mira',
    })
    expect((await leftOut(randomUUID())).status).toBe(404)
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

describe('each list', () => {
  it('is a file by the filters of its screen, and nothing else is', async () => {
    const { id } = await createOutreach(engine, { leads: 2, name: 'Spring' })
    await startCampaign(engine.deps, { campaignId: id, by: 'tester' })
    await engine.db.suppression.create({
      data: { kind: 'domain', value: 'no.example', reason: 'manual', source: 'manual' },
    })
    const emails = await fileOf(await get(`emails?campaign=${id}&step=2`))
    expect(emails.lines).toHaveLength(2)
    expect(emails.lines[0]?.split(',')[5]).toBe('pending')
    expect((await fileOf(await get('campaigns?search=Spring'))).lines[0]).toMatch(
      /^Spring,outreach,running,,3 steps,2,6,6,/,
    )
    expect((await fileOf(await get('batches?search=Spring'))).lines).toEqual([
      expect.stringMatching(/^Batch of Spring,,2,1,Spring,/),
    ])
    expect((await fileOf(await get('suppression?kind=domain'))).lines[0]).toMatch(/^no\.example,domain,manual,manual,/)
    expect((await fileOf(await get('audit?group=leads'))).lines[1]).toMatch(/,Mira,Exported,Suppression list,/)
    expect((await get('emails')).status).toBe(400)
    expect((await get('leads?status=nobody')).status).toBe(400)
    expect((await get(`emails?campaign=0192f0c1-2d3e-7abc-8def-0123456789ab`)).status).toBe(404)
    expect((await get('passwords')).status).toBe(404)
  })

  it('is for those who may have it: the audit log for owners and admins, the others from members on', async () => {
    const allowed: Record<string, string[]> = {}
    for (const role of ROLES) {
      await engine.db.user.updateMany({ data: { role } })
      for (const list of ['leads', 'audit']) {
        const answer = await get(list)
        await answer.arrayBuffer()
        if (answer.status === 200) allowed[list] = [...(allowed[list] ?? []), role]
        else expect(answer.status).toBe(403)
      }
    }
    await engine.db.user.updateMany({ data: { role: 'owner' } })
    expect(allowed).toEqual({ leads: ['owner', 'admin', 'member'], audit: ['owner', 'admin'] })
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
