import { afterAll, beforeAll, expect, it } from 'vitest'
import { VIEWS_AT_MOST } from '@/domain/lists/views'
import { listCustomFields, listLeads } from '@/use-cases/leads/list-leads'
import { deleteView, listViews, saveView } from '@/use-cases/team/save-view'
import { createBatch, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  for (const id of ['ada', 'bo']) await engine.db.user.create({ data: { id, name: id, email: `${id}@x.example` } })
})
afterAll(() => engine.close())

const save = (userId: string, name: string, query: string) =>
  saveView(engine.deps, { userId, list: 'leads', name, query })
const list = (userId: string) => listViews(engine.deps, { userId, list: 'leads' })

it('keeps filters, order and columns for one person alone, not the page, and one view a name', async () => {
  const { id } = await save('ada', 'Kiel', 'search=kiel&after=abc&columns=company%2Cstatus&page=3')
  await save('bo', 'Kiel', 'status=new')
  expect(await list('ada')).toEqual([{ id, name: 'Kiel', query: 'search=kiel&columns=company%2Cstatus' }])
  await save('ada', 'Kiel', 'search=kiel+harbour')
  expect(await list('ada')).toEqual([{ id, name: 'Kiel', query: 'search=kiel+harbour' }])
  await deleteView(engine.deps, { userId: 'bo', id })
  expect(await list('ada')).toHaveLength(1)
  await deleteView(engine.deps, { userId: 'ada', id })
  expect([await list('ada'), (await list('bo')).length]).toEqual([[], 1])
})

it('keeps a bounded number of them, of which each can still be replaced', async () => {
  for (let i = 0; i < VIEWS_AT_MOST; i++) await save('ada', `View ${i}`, '')
  await expect(save('ada', 'One more', '')).rejects.toThrow('50 views of this list already. Nothing was saved.')
  expect((await save('ada', 'View 7', 'status=new')).query).toBe('status=new')
})

it('shows custom fields as columns: their names, and the values of those that are asked for', async () => {
  const { leads } = await createBatch(engine, { leads: 2 })
  await engine.db.lead.update({
    where: { id: leads[0]?.id ?? '' },
    data: { customFields: { Budget: '5,000', Team: '12' } },
  })
  expect(await listCustomFields(engine.deps)).toEqual(['Budget', 'Team'])
  const asked = { descending: false, customFields: ['Budget', 'Unknown'] }
  expect((await listLeads(engine.deps, asked)).leads.map(({ custom }) => custom)).toEqual([{ Budget: '5,000' }, {}])
  expect((await listLeads(engine.deps, {})).leads.map(({ custom }) => custom)).toEqual([null, null])
})
