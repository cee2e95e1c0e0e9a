import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROLES } from '@/domain/team/roles'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { createBatch, createEngine, createOutreach, type Engine } from '../../support/engine'
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
