import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBatch } from '@/use-cases/leads/create-batch'
import { exportLeads } from '@/use-cases/leads/export-leads'
import { type ListLeads, listLeads } from '@/use-cases/leads/list-leads'
import { countMatchingLeads } from '@/use-cases/mass-acts/preview-mass-act'
import { BY, createEngine, type Engine } from '../../support/engine'

// Leads by where they came from, and by the days, in UTC, on which they were added.
let engine: Engine
const DAYS = ['2026-03-01T23:59:59.999Z', '2026-03-02T00:00:00Z', '2026-03-02T23:59:59.999Z', '2026-03-03T00:00:00Z']
let batchId = ''

beforeAll(async () => {
  engine = await createEngine()
  for (const [index, at] of DAYS.entries())
    for (const source of ['csv', 'hunter'])
      await engine.db.lead.create({
        data: {
          email: `${source}${index}@origin.example`,
          emailHash: Buffer.from(`${source}${index}`.padEnd(32)).toString('hex'),
          companyName: `Company ${9 - index}`,
          source,
          status: index === 2 ? 'replied' : 'new',
          createdAt: new Date(at),
        },
      })
  const inBatch = await engine.db.lead.findMany({
    where: { email: { in: ['csv1@origin.example', 'hunter2@origin.example'] } },
  })
  batchId = (await createBatch(engine.deps, { name: 'Two', leadIds: inBatch.map(({ id }) => id), by: BY })).id
})
afterAll(() => engine.close())

const namesOf = (leads: readonly { email: string }[]) => leads.map(({ email }) => email.replace('@origin.example', ''))
const found = async (input: ListLeads) => {
  const list = await listLeads(engine.deps, input)
  return { names: namesOf(list.leads), total: list.total, statusCounts: list.statusCounts }
}

describe('a list of leads', () => {
  it('is that of a source, the latest first, and counted by status', async () => {
    expect(await found({ source: 'hunter' })).toEqual({
      names: ['hunter3', 'hunter2', 'hunter1', 'hunter0'],
      total: 4,
      statusCounts: { new: 3, replied: 1 },
    })
  })

  it('is that of days, both of them whole, in UTC', async () => {
    const { names } = await found({ addedFrom: '2026-03-02', addedTo: '2026-03-02' })
    expect(names.toSorted()).toEqual(['csv1', 'csv2', 'hunter1', 'hunter2'])
    expect((await found({ addedFrom: '2026-03-03' })).total).toBe(2)
    expect((await found({ addedTo: '2026-03-01' })).total).toBe(2)
  })

  it('is that of all its filters together, in the order that is asked for', async () => {
    expect(await found({ source: 'csv', addedFrom: '2026-03-02', sort: 'company', descending: false })).toMatchObject({
      names: ['csv3', 'csv2', 'csv1'],
    })
    expect(await found({ source: 'hunter', statuses: ['replied'] })).toMatchObject({ names: ['hunter2'], total: 1 })
    expect(await found({ batchId, source: 'hunter' })).toMatchObject({ names: ['hunter2'], total: 1 })
    expect(await found({ search: 'csv1', addedFrom: '2026-03-03' })).toMatchObject({ names: [], total: 0 })
  })

  it.each([true, false])('leads from page to page and back, descending: %s', async (descending) => {
    const whole = await found({ source: 'csv', descending })
    const first = await listLeads(engine.deps, { source: 'csv', descending, pageSize: 2 })
    const second = await listLeads(engine.deps, { source: 'csv', descending, pageSize: 2, after: first.next ?? '' })
    expect(namesOf([...first.leads, ...second.leads])).toEqual(whole.names)
    const back = await listLeads(engine.deps, { source: 'csv', descending, pageSize: 2, before: second.previous ?? '' })
    expect(namesOf(back.leads)).toEqual(namesOf(first.leads))
  })

  it('counts and exports the same ones', async () => {
    const filter = { source: 'csv', addedFrom: '2026-03-02' }
    expect(await countMatchingLeads(engine.deps, filter)).toEqual({ total: 3 })
    const { pages } = await exportLeads(engine.deps, filter)
    const emails: unknown[] = []
    for await (const rows of pages) emails.push(...rows.map(([email]) => email))
    expect(emails).toEqual(['csv1', 'csv2', 'csv3'].map((name) => `${name}@origin.example`))
  })

  it('looks at 10,000 of a source for a status, and says that there are others', async () => {
    await engine.pool.query(
      `INSERT INTO leads (email, email_hash, source) SELECT 'a' || i || '@many.example', encode(sha256(i::text::bytea), 'hex'), 'apollo' FROM generate_series(1, 10050) i`,
    )
    expect(await listLeads(engine.deps, { source: 'apollo', statuses: ['bounced'] })).toMatchObject({
      leads: [],
      total: 0,
      more: true,
      statusCounts: null,
    })
    expect(await listLeads(engine.deps, { source: 'apollo' })).toMatchObject({ total: 1_000, more: true })
  })
})
