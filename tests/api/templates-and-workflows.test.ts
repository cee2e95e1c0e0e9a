import { afterAll, beforeAll, expect, it } from 'vitest'
import { templatesRouter } from '@/server/api/routers/templates'
import { workflowsRouter } from '@/server/api/routers/workflows'
import { createCallerFactory, createRouter } from '@/server/api/trpc'
import { createEngine, type Engine } from '../support/engine'

const router = createRouter({ templates: templatesRouter, workflows: workflowsRouter })
const callerOf = createCallerFactory(router)
const member = { id: 'u1', name: 'Mia', email: 'mia@x.example', role: 'member' as const }

let engine: Engine
let api: ReturnType<typeof callerOf>

beforeAll(async () => {
  engine = await createEngine()
  api = callerOf({ deps: engine.deps, user: member })
})
afterAll(() => engine.close())

it('lets nobody in who is not signed in', async () => {
  const anonymous = callerOf({ deps: engine.deps, user: null })
  const id = crypto.randomUUID()
  for (const call of [
    () => anonymous.templates.list(),
    () => anonymous.templates.get({ id }),
    () => anonymous.templates.delete({ id }),
    () => anonymous.templates.preview({ template: { templateId: id } }),
    () => anonymous.templates.sendTest({ template: { templateId: id }, to: 'a@b.example' }),
    () => anonymous.templates.testMailboxes(),
    () => anonymous.workflows.list(),
    () => anonymous.workflows.delete({ id }),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  }
})

it('offers the signed-in person’s own address for a test email', async () => {
  expect(await api.templates.testMailboxes()).toMatchObject({ to: 'mia@x.example', mailboxes: [{ unusable: null }] })
})

it('walks from a template to a workflow and back', async () => {
  const { id, problems } = await api.templates.create({
    name: ' Intro ',
    subject: 'Hi',
    bodyText: 'Hi {{ fist_name }}',
  })
  expect(problems.map(({ message }) => message)).toEqual(['"fist_name" is not a variable. Did you mean "first_name"?'])
  const seen = await api.templates.get({ id })
  expect(seen.name).toBe('Intro')
  await api.templates.update({
    id,
    name: 'Intro',
    subject: 'Hi',
    bodyText: 'Hi {{ first_name }}',
    seenAt: seen.updatedAt,
  })

  const workflow = await api.workflows.create({ name: 'One', steps: [{ templateId: id }] })
  await expect(api.templates.delete({ id })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'Template "Intro" is used by workflow "One". Nothing was deleted. Choose another template there first.',
  })
  await api.workflows.update({
    id: workflow.id,
    name: 'One',
    steps: [{ templateId: id }, { templateId: id, daysAfterPrevious: 2 }],
  })
  expect((await api.workflows.list()).rows[0]).toMatchObject({ name: 'One', steps: 2, days: 2 })
  await api.workflows.delete({ id: workflow.id })
  await api.templates.delete({ id })
  expect(await api.templates.list()).toEqual({ rows: [], total: 0 })
})

it('answers refusals of the product with their code and words', async () => {
  await expect(api.templates.create({ name: 'x', subject: 'Hi', bodyText: '{{ x' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'The text body, line 1: {{ x is never closed.',
  })
  await expect(api.workflows.get({ id: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: 'This workflow does not exist any more.',
  })
})
