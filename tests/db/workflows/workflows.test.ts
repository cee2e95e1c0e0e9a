import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTemplate } from '@/use-cases/templates/create-template'
import { createWorkflow } from '@/use-cases/workflows/create-workflow'
import { deleteWorkflow } from '@/use-cases/workflows/delete-workflow'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
let templates: string[]

beforeAll(async () => {
  engine = await createEngine()
  templates = []
  for (const name of ['Introduction', 'The numbers', 'Last word']) {
    templates.push((await createTemplate(engine.deps, { name, subject: name, bodyText: 'Hi', by: BY })).id)
  }
})
afterAll(() => engine.close())

const step = (template: number, daysAfterPrevious: number, replyInThread = false) => ({
  templateId: templates[template] ?? '',
  daysAfterPrevious,
  replyInThread,
})
const create = (steps = [step(0, 0), step(1, 1, true), step(2, 3)], name = 'Three touches') =>
  createWorkflow(engine.deps, { name, steps, by: BY })

describe('saving', () => {
  it('keeps steps in their order, numbered from 1', async () => {
    const { id } = await create()
    const workflow = await getWorkflow(engine.deps, { id })
    expect(
      workflow.steps.map(({ stepNumber, templateName, daysAfterPrevious, replyInThread }) => [
        stepNumber,
        templateName,
        daysAfterPrevious,
        replyInThread,
      ]),
    ).toEqual([
      [1, 'Introduction', 0, false],
      [2, 'The numbers', 1, true],
      [3, 'Last word', 3, false],
    ])
    expect(workflow).toMatchObject({ inUseBy: [], reach: null })
    expect((await listWorkflows(engine.deps)).rows.find((one) => one.id === id)).toMatchObject({
      steps: 3,
      days: 4,
      inUseBy: { first: null, count: 0 },
    })
  })

  it('replaces all steps at once', async () => {
    const { id } = await create()
    await updateWorkflow(engine.deps, { id, name: 'Two', steps: [step(2, 0), step(0, 7)], by: BY })
    const { name, steps } = await getWorkflow(engine.deps, { id })
    expect([name, steps.map(({ templateName, daysAfterPrevious }) => [templateName, daysAfterPrevious])]).toEqual([
      'Two',
      [
        ['Last word', 0],
        ['Introduction', 7],
      ],
    ])
  })

  it.each<[string, () => ReturnType<typeof step>[], string]>([
    ['no step', () => [], 'A workflow needs at least one step. Nothing was saved.'],
    [
      'a first step that waits',
      () => [step(0, 1)],
      'Step 1 goes out when the campaign starts, so it cannot wait. Nothing was saved.',
    ],
    [
      'a first step that replies',
      () => [step(0, 0, true)],
      'Step 1 begins the conversation, so it has nothing to reply to. Nothing was saved.',
    ],
    [
      'two emails on one day',
      () => [step(0, 0), step(1, 0)],
      'Step 2 must wait at least 1 day: a lead never gets two emails within 24 hours. Nothing was saved.',
    ],
    [
      'a wait of more than a year',
      () => [step(0, 0), step(1, 366)],
      'Step 2 waits 366 days; 365 is the most. Nothing was saved.',
    ],
    [
      '21 steps',
      () => [step(0, 0), ...Array.from({ length: 20 }, () => step(1, 1))],
      'A workflow has at most 20 steps; this one has 21. Nothing was saved.',
    ],
  ])('refuses %s', async (_what, steps, message) => {
    const before = await engine.db.workflow.count()
    await expect(create(steps())).rejects.toThrow(message)
    expect(await engine.db.workflow.count()).toBe(before)
  })

  it('names the step whose template is gone, and changes nothing', async () => {
    const { id } = await create()
    const gone = { ...step(0, 1), templateId: crypto.randomUUID() }
    await expect(
      updateWorkflow(engine.deps, { id, name: 'New name', steps: [step(0, 0), gone], by: BY }),
    ).rejects.toThrow('The template of step 2 does not exist any more. Nothing was saved. Choose another template.')
    expect(await getWorkflow(engine.deps, { id })).toMatchObject({ name: 'Three touches', steps: { length: 3 } })
  })

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const { id, updatedAt } = await create()
    engine.clock.advance(1000)
    await updateWorkflow(engine.deps, { id, name: 'Theirs', steps: [step(0, 0)], seenAt: updatedAt, by: BY })
    engine.clock.advance(1000)
    await expect(
      updateWorkflow(engine.deps, { id, name: 'Mine', steps: [step(1, 0)], seenAt: updatedAt, by: BY }),
    ).rejects.toThrow(
      'Somebody saved this workflow while you were editing. Nothing was saved. Reload to see their version.',
    )
    expect((await getWorkflow(engine.deps, { id })).name).toBe('Theirs')
  })

  it('lets two saves at once come one after the other, never mixed', async () => {
    const { id } = await create()
    const save = (name: string, template: number) =>
      updateWorkflow(engine.deps, {
        id,
        name,
        steps: [step(template, 0), step(template, 1), step(template, 1)],
        by: BY,
      })
    await Promise.all([save('A', 0), save('B', 1), save('C', 2), save('D', 0)])
    const { steps } = await getWorkflow(engine.deps, { id })
    expect(steps).toHaveLength(3)
    expect(new Set(steps.map(({ templateId }) => templateId)).size).toBe(1)
  })
})

describe('in use', () => {
  it('says of a running campaign what a change does not touch, and touches none of its planned emails', async () => {
    const campaign = await startOutreach(engine, { leads: 2, name: 'Autumn', days: [0, 1] })
    const planned = () =>
      engine.db.scheduledEmail.findMany({
        where: { campaignId: campaign.id },
        select: { id: true, templateId: true, scheduledFor: true },
        orderBy: { id: 'asc' },
      })
    const before = await planned()
    const { inUseBy, reach } = await updateWorkflow(engine.deps, {
      id: campaign.workflow.id,
      name: 'Changed',
      steps: [step(2, 0), step(1, 5), step(0, 5)],
      by: BY,
    })
    expect(inUseBy).toEqual([{ id: campaign.id, name: 'Autumn', status: 'running' }])
    expect(reach).toBe(
      'In use by "Autumn" (running). Emails already planned keep their template and their date; only whether they reply in the thread follows the workflow. The rest of a change is for campaigns that start later.',
    )
    expect(await planned()).toEqual(before)
  })

  it('does not count a draft as use, but is not deleted from under it', async () => {
    const campaign = await createOutreach(engine, { leads: 1, name: 'Drafted' })
    expect(await getWorkflow(engine.deps, { id: campaign.workflow.id })).toMatchObject({ inUseBy: [], reach: null })
    await expect(deleteWorkflow(engine.deps, { id: campaign.workflow.id, by: BY })).rejects.toMatchObject({
      code: 'in_use',
      message:
        'Workflow "3 steps" is used by campaign "Drafted" (draft). Nothing was deleted. Choose another workflow in that campaign first.',
    })
  })

  it('is deleted with its steps when no campaign uses it; templates stay', async () => {
    const { id } = await create()
    await deleteWorkflow(engine.deps, { id, by: BY })
    expect(await engine.db.workflowStep.count({ where: { workflowId: id } })).toBe(0)
    expect(await engine.db.emailTemplate.count({ where: { id: { in: templates } } })).toBe(3)
    await expect(deleteWorkflow(engine.deps, { id, by: BY })).rejects.toThrow(
      'This workflow does not exist any more. Nothing was deleted.',
    )
  })
})
