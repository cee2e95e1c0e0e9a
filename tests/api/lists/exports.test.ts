import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '@/domain/team/roles'
import { streamTable } from '@/server/exports'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
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
const lastAct = () => engine.db.auditEntry.findFirstOrThrow({ orderBy: [{ at: 'desc' }, { id: 'desc' }] })

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
    expect(header.slice(-3)).toEqual(['added_at', 'Budget', 'Team size'])
    expect(lines).toHaveLength(2_003)
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(new Set(leads.map(({ email }) => email)))
    const own = lines.find((line) => line.startsWith(`${first?.email},`))
    expect(own).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(own).toMatch(/,"5,000",12$/)
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
    for (let i = 0; i < 3; i++) await reader.read()
    expect(read).toBeLessThanOrEqual(4)
    await reader.cancel()
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
