import { afterAll, beforeAll, expect, it } from 'vitest'
import { renderMessage } from '@/domain/message/render'
import { variablesOf } from '@/domain/message/variables'
import { loadSampleData, SAMPLE_BATCH } from '@/use-cases/sample-data/load-sample-data'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine

beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const counts = async () => ({
  templates: await engine.db.emailTemplate.count(),
  workflows: await engine.db.workflow.count(),
  steps: await engine.db.workflowStep.count(),
  leads: await engine.db.lead.count(),
  batches: await engine.db.leadBatch.count(),
})

it('adds everything once, however often and however many ask at once', async () => {
  await engine.db.settings.update({ where: { id: 1 }, data: { postalAddress: '', companyName: '' } })
  const [first, ...rest] = await Promise.all([1, 2, 3].map(() => loadSampleData(engine.deps, { by: BY })))
  rest.push(await loadSampleData(engine.deps, { by: BY }))
  const all = [first, ...rest]
  expect(all.map((one) => one?.leadsAdded).sort()).toEqual([0, 0, 0, 25])
  expect(all.filter((one) => one?.addressAdded)).toHaveLength(1)
  expect(new Set(all.map((one) => `${one?.batchId} ${one?.workflowId} ${one?.templateIds}`)).size).toBe(1)
  expect(await counts()).toEqual({ templates: 3, workflows: 1, steps: 3, leads: 25, batches: 1 })
  expect(await engine.db.leadBatch.findFirst()).toMatchObject({ name: SAMPLE_BATCH })
  const { postalAddress } = await engine.db.settings.findUniqueOrThrow({ where: { id: 1 } })
  expect(postalAddress).toBe('Sample Street 1, 10115 Berlin, Germany')
})

it('keeps an own postal address', async () => {
  await engine.db.settings.update({ where: { id: 1 }, data: { postalAddress: 'Mine' } })
  expect((await loadSampleData(engine.deps, { by: BY })).addressAdded).toBe(false)
  expect((await engine.db.settings.findUniqueOrThrow({ where: { id: 1 } })).postalAddress).toBe('Mine')
})

it('has templates that can be sent to every sample lead, and to one of whom only the address is known', async () => {
  const { workflowId } = await loadSampleData(engine.deps, { by: BY })
  const workflow = await getWorkflow(engine.deps, { id: workflowId ?? '' })
  expect(workflow.steps.map((step) => [step.templateName, step.daysAfterPrevious, step.replyInThread])).toEqual([
    ['Introduction', 0, false],
    ['The numbers', 1, true],
    ['Last word', 1, true],
  ])
  const leads = [...(await engine.db.lead.findMany()), { email: 'only@x.example' }]
  for (const template of await engine.db.emailTemplate.findMany()) {
    for (const lead of leads) {
      const variables = variablesOf(lead, { name: 'Sam', email: 'sam@x.example' }, { name: 'c' })
      expect(renderMessage(template, variables)).toMatchObject({ ok: true })
    }
  }
})
