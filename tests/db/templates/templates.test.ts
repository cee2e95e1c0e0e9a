import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DomainError } from '@/domain/errors'
import { createTemplate } from '@/use-cases/templates/create-template'
import { deleteTemplate } from '@/use-cases/templates/delete-template'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { BY, createEngine, createWorkflow, type Engine, startOutreach } from '../../support/engine'

let engine: Engine

beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const content = (change: object = {}) => ({
  name: 'Introduction',
  subject: 'Hello',
  bodyText: 'Hi {{ first_name }}',
  by: BY,
  ...change,
})
const create = (change: object = {}) => createTemplate(engine.deps, content(change))

describe('saving', () => {
  it('keeps what was typed, and takes a blank HTML body for none', async () => {
    const { id } = await create({ subject: '  Hello ', bodyText: ' Hi\n', bodyHtml: ' \n' })
    expect(await getTemplate(engine.deps, { id })).toMatchObject({
      name: 'Introduction',
      subject: 'Hello',
      bodyText: ' Hi\n',
      bodyHtml: null,
      createdAt: engine.clock.now(),
      problems: [],
    })
  })

  it('saves a misspelt variable and says which one was probably meant', async () => {
    const { id, problems } = await create({ bodyText: 'Hi {{ compnay_name }} from {{ planet }}' })
    const expected = [
      { level: 'warning', part: 'bodyText', message: '"compnay_name" is not a variable. Did you mean "company_name"?' },
      { level: 'warning', part: 'bodyText', message: '"planet" is not a variable.' },
    ]
    expect(problems).toEqual(expected)
    expect((await getTemplate(engine.deps, { id })).problems).toEqual(expected)
  })

  it.each([
    [{ bodyText: 'Hi {{ first_name' }, 'The text body, line 1: {{ first_name is never closed.'],
    [{ bodyText: 'Hi\n{{ x | shout }}' }, 'The text body, line 2: there is no filter "shout".'],
    [{ subject: '  ' }, 'The subject is empty.'],
    [
      { bodyHtml: '{% include "x" %}' },
      'The HTML body, line 1: the tag {% include %} is not available; if, unless, assign, comment, raw are.',
    ],
  ])('refuses %o', async (change, message) => {
    const before = await engine.db.emailTemplate.count()
    await expect(create(change)).rejects.toThrow(message)
    expect(await engine.db.emailTemplate.count()).toBe(before)
  })

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const { id, updatedAt } = await create()
    engine.clock.advance(1000)
    const second = await updateTemplate(engine.deps, { id, ...content({ subject: 'Theirs' }), seenAt: updatedAt })
    engine.clock.advance(1000)
    await expect(
      updateTemplate(engine.deps, { id, ...content({ subject: 'Mine' }), seenAt: updatedAt }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Somebody saved this template while you were editing. Nothing was saved. Copy your text, reload, and save again.',
    })
    await updateTemplate(engine.deps, { id, ...content({ subject: 'Again' }), seenAt: second.updatedAt })
    expect((await getTemplate(engine.deps, { id })).subject).toBe('Again')
  })

  it('says of a template that is gone that nothing was saved', async () => {
    await expect(updateTemplate(engine.deps, { id: crypto.randomUUID(), ...content() })).rejects.toThrow(
      'This template does not exist any more. Nothing was saved.',
    )
  })
})

describe('use', () => {
  it('counts workflows and campaigns that send it', async () => {
    const campaign = await startOutreach(engine, { leads: 2, name: 'Autumn', days: [0, 1] })
    const [first] = campaign.workflow.steps
    const templateId = first?.emailTemplateId ?? ''
    await engine.db.workflowStep.create({
      data: { workflowId: campaign.workflow.id, stepNumber: 3, emailTemplateId: templateId, daysAfterPrevious: 1 },
    })
    expect((await listTemplates(engine.deps)).rows.find(({ id }) => id === templateId)?.usedBy).toEqual({
      workflows: 1,
      campaigns: 0,
    })
    expect((await getTemplate(engine.deps, { id: templateId })).usedBy).toMatchObject({
      workflows: [{ id: campaign.workflow.id, name: '2 steps' }],
      campaigns: [{ id: campaign.id, name: 'Autumn', status: 'running' }],
      emailsPlanned: 2,
    })
  })

  it('is not deleted while a workflow uses it, nor after its emails are planned', async () => {
    const campaign = await startOutreach(engine, { leads: 1, name: 'Winter', days: [0] })
    const templateId = campaign.workflow.steps[0]?.emailTemplateId ?? ''
    await expect(deleteTemplate(engine.deps, { id: templateId, by: BY })).rejects.toThrow(
      'Template "Step 1" is used by workflow "1 steps". Nothing was deleted. Choose another template there first.',
    )
    const { id: other } = await create()
    await engine.db.workflowStep.updateMany({
      where: { emailTemplateId: templateId },
      data: { emailTemplateId: other },
    })
    await expect(deleteTemplate(engine.deps, { id: templateId, by: BY })).rejects.toMatchObject({
      code: 'in_use',
      message:
        'Template "Step 1" is used by campaign "Winter" (running). Nothing was deleted. It belongs to that campaign\'s history.',
    })
    expect(await engine.db.emailTemplate.count({ where: { id: templateId } })).toBe(1)
  })

  it('is refused by the database too, when it comes into use between the look and the deletion', async () => {
    const { id } = await create({ name: 'Raced' })
    const workflow = await createWorkflow(engine, { days: [0] })
    const blind = { ...engine.deps, db: lookingAway(engine.deps.db) }
    await engine.db.workflowStep.updateMany({ where: { workflowId: workflow.id }, data: { emailTemplateId: id } })
    await expect(deleteTemplate(blind, { id, by: BY })).rejects.toThrow(
      'Template "Raced" is used by workflow "1 steps".',
    )
  })

  it('is deleted when nothing uses it', async () => {
    const { id } = await create()
    await deleteTemplate(engine.deps, { id, by: BY })
    await expect(getTemplate(engine.deps, { id })).rejects.toThrow(DomainError)
    await expect(deleteTemplate(engine.deps, { id, by: BY })).rejects.toThrow('Nothing was deleted.')
  })
})

/** Sees no workflow the first time it is asked. */
function lookingAway(db: Engine['db']): Engine['db'] {
  let looked = false
  return new Proxy(db, {
    get(target, property) {
      if (property !== 'workflow') return Reflect.get(target, property)
      return {
        findMany: (...args: Parameters<typeof db.workflow.findMany>) => {
          if (looked) return target.workflow.findMany(...args)
          looked = true
          return Promise.resolve([])
        },
      }
    },
  })
}

it('lists by name and finds by name or subject, taking % for a letter', async () => {
  await create({ name: 'Zebra 100%', subject: 'Stripes' })
  expect((await listTemplates(engine.deps, { search: 'stRIPes' })).rows.map(({ name }) => name)).toEqual(['Zebra 100%'])
  expect((await listTemplates(engine.deps, { search: '0%' })).rows.map(({ name }) => name)).toEqual(['Zebra 100%'])
  expect(await listTemplates(engine.deps, { search: 'z%a' })).toEqual({ rows: [], total: 0 })
})
