import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepDraft } from '@/domain/workflow/steps'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createTemplate } from '@/use-cases/templates/create-template'
import { deleteTemplate } from '@/use-cases/templates/delete-template'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { saveOwnText } from '@/use-cases/templates/save-own-text'
import { updateTemplate } from '@/use-cases/templates/update-template'
import { createWorkflow } from '@/use-cases/workflows/create-workflow'
import { deleteWorkflow } from '@/use-cases/workflows/delete-workflow'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { BY, createEngine, createOutreach, type Engine } from '../../support/engine'

let engine: Engine
let shared: string

beforeAll(async () => {
  engine = await createEngine()
  shared = (await createTemplate(engine.deps, { name: 'Shared', subject: 'Shared', bodyText: 'Hi', by: BY })).id
})
afterAll(() => engine.close())

const text = (subject: string, bodyText = 'Hello {{ first_name }}') => ({ id: String(randomUUID()), subject, bodyText })
const first = (own = text('About {{ company_name }}')): StepDraft => ({
  text: own,
  daysAfterPrevious: 0,
  replyInThread: false,
})
const reply = (own = text('')): StepDraft => ({ text: own, daysAfterPrevious: 3, replyInThread: true })
const create = (steps: StepDraft[], name = 'Two touches') => createWorkflow(engine.deps, { name, steps, by: BY })
const update = (id: string, steps: StepDraft[], confirmed = false) =>
  updateWorkflow(engine.deps, { id, name: 'Two touches', steps, confirmed, by: BY })
const stored = (id: string) => engine.db.emailTemplate.findUnique({ where: { id } })
const listed = async () => (await listTemplates(engine.deps, { pageSize: 200 })).rows.map(({ id }) => id)

/** A draft campaign of two leads with this workflow. */
async function campaignOf(workflowId: string) {
  const { id } = await createOutreach(engine, { leads: 2, days: [0], name: `Campaign of ${workflowId}` })
  await updateCampaign(engine.deps, { campaignId: id, patch: { workflowId }, by: BY })
  return id
}

describe('the text of a step', () => {
  it('is saved with the workflow, read with it, and in no list of templates', async () => {
    const own = text('About {{ company_name }}')
    const before = await listTemplates(engine.deps)
    const { id } = await create([
      first(own),
      reply(),
      { templateId: shared, daysAfterPrevious: 2, replyInThread: false },
    ])
    const { steps } = await getWorkflow(engine.deps, { id })
    expect(steps).toMatchObject([
      {
        templateId: own.id,
        templateName: 'About [company_name]',
        text: { ...own, bodyHtml: null, confirmedTexts: [] },
      },
      // It answers under the subject of the first, which stands in for its own.
      { text: { subject: '' }, subject: 'About {{ company_name }}', daysAfterPrevious: 3, replyInThread: true },
      { templateId: shared, text: null },
    ])
    const { total, rows } = await listTemplates(engine.deps)
    expect([total, rows.map((row) => row.id)]).toEqual([before.total, before.rows.map((row) => row.id)])
    expect((await listTemplates(engine.deps, { ids: [own.id] })).rows).toEqual([])
    expect(await getTemplate(engine.deps, { id: own.id })).toMatchObject({
      title: 'About [company_name]',
      owner: { kind: 'workflow', id, name: 'Two touches' },
    })
  })

  it('is one row however often it is saved, untouched while it says the same, and goes when no step sends it', async () => {
    const own = text('Mine')
    const { id } = await create([first(own)])
    const kept = await stored(own.id)
    engine.clock.advance(1_000)
    await update(id, [first(own)])
    expect(await stored(own.id)).toEqual(kept)
    await update(id, [first({ ...own, bodyText: 'Changed' })])
    expect(await stored(own.id)).toMatchObject({ bodyText: 'Changed', createdAt: kept?.createdAt })
    await update(id, [{ templateId: shared, daysAfterPrevious: 0, replyInThread: false }])
    expect(await stored(own.id)).toBeNull()
  })

  it('never changes a template: an id of one, or of another workflow, is refused and nothing is saved', async () => {
    const other = text('Theirs')
    await create([first(other)], 'Other')
    const { id } = await create([first()])
    const before = await getWorkflow(engine.deps, { id })
    for (const foreign of [shared, other.id]) {
      const stays = await stored(foreign)
      await expect(update(id, [first({ ...text('Taken'), id: foreign })])).rejects.toMatchObject({ code: 'conflict' })
      expect(await stored(foreign)).toEqual(stays)
    }
    await expect(
      update(id, [{ templateId: other.id, daysAfterPrevious: 0, replyInThread: false }]),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await getWorkflow(engine.deps, { id })).toEqual(before)
  })

  it.each([
    ['no subject', text(' '), 'Step 1: The subject is empty. Nothing was saved.'],
    ['no text', text('Mine', ''), 'Step 1: The text body is empty. Nothing was saved.'],
  ])('with %s is refused, naming the step', async (_what, own, message) => {
    await expect(create([first(own)])).rejects.toThrow(message)
    expect(await stored(own.id)).toBeNull()
  })

  it('goes with its workflow, and a template stays', async () => {
    const own = text('Mine')
    const { id } = await create([first(own), { templateId: shared, daysAfterPrevious: 1, replyInThread: false }])
    await deleteWorkflow(engine.deps, { id, by: BY })
    expect(await stored(own.id)).toBeNull()
    expect(await stored(shared)).not.toBeNull()
  })
})

describe('planned emails', () => {
  it('say what the step says now, and a save that would break them asks first', async () => {
    const own = text('Mine')
    const { id } = await create([first(own)])
    const campaignId = await campaignOf(id)
    await startCampaign(engine.deps, { campaignId, by: BY })
    const planned = { where: { campaignId, templateId: own.id, status: 'pending' } } as const
    expect(await engine.db.scheduledEmail.count(planned)).toBe(2)
    const broken = first({ ...own, subject: '{{ nosuch }}' })
    await expect(update(id, [broken])).rejects.toMatchObject({ code: 'unconfirmed', details: { emails: 2 } })
    expect(await stored(own.id)).toMatchObject({ subject: 'Mine' })
    const { reach } = await update(id, [first({ ...own, subject: 'Better' })])
    expect(reach).toContain('what is written in the steps, and whether they reply in the thread, follows the workflow.')
    await update(id, [broken], true)
    expect(await stored(own.id)).toMatchObject({ subject: '{{ nosuch }}' })
    // The step goes; the text stays with the emails that were planned with it.
    await update(id, [{ templateId: shared, daysAfterPrevious: 0, replyInThread: false }])
    expect(await engine.db.scheduledEmail.count(planned)).toBe(2)
    expect(await listed()).not.toContain(own.id)
    await expect(deleteTemplate(engine.deps, { id: own.id, by: BY })).rejects.toMatchObject({ code: 'in_use' })
  })

  it('whose text is put right on a page of its own, are known to whoever edits the workflow', async () => {
    const own = text('Mine')
    const { id, updatedAt } = await create([first(own)])
    engine.clock.advance(1_000)
    const { subject, bodyText } = { ...own, subject: 'Better' }
    await updateTemplate(engine.deps, { id: own.id, subject, bodyText, by: BY })
    expect(await stored(own.id)).toMatchObject({ subject: 'Better', name: '', workflowId: id })
    await expect(
      updateWorkflow(engine.deps, { id, name: 'Stale', steps: [first(own)], seenAt: updatedAt, by: BY }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(updateTemplate(engine.deps, { id: shared, subject, bodyText, by: BY })).rejects.toThrow(
      'Give the template a name. Nothing was saved.',
    )
  })
})

describe('"Save as template"', () => {
  it('makes it one of the templates, and its step and planned emails go on with it', async () => {
    const own = text('Mine')
    const { id } = await create([first(own)])
    const campaignId = await campaignOf(id)
    await startCampaign(engine.deps, { campaignId, by: BY })
    const saved = await saveOwnText(engine.deps, { ...own, subject: 'Better', name: 'First touch', by: BY })
    expect(saved.id).toBe(own.id)
    expect(await stored(own.id)).toMatchObject({ name: 'First touch', subject: 'Better', workflowId: null })
    expect((await getWorkflow(engine.deps, { id })).steps).toMatchObject([{ templateId: own.id, text: null }])
    expect(await listed()).toContain(own.id)
    expect(await engine.db.scheduledEmail.count({ where: { campaignId, templateId: own.id } })).toBe(2)
    // Whoever still has it open as a text of the step overwrites nothing.
    await expect(update(id, [first({ ...own, subject: 'Stale' })])).rejects.toMatchObject({ code: 'conflict' })
    expect(await stored(own.id)).toMatchObject({ subject: 'Better' })
  })

  it('of a text that was not stored yet makes a new one, and of a template another', async () => {
    const own = text('Not stored')
    const { id } = await saveOwnText(engine.deps, { ...own, name: 'From nowhere', by: BY })
    expect(await listed()).toContain(id)
    const again = await saveOwnText(engine.deps, { ...own, id: shared, name: 'Once more', by: BY })
    expect(again.id).not.toBe(shared)
    expect(await stored(shared)).toMatchObject({ name: 'Shared', subject: 'Shared' })
  })
})

it('refuses two steps with one text between them, in whatever case its id is written', async () => {
  const own = text('Twice')
  for (const id of [own.id, own.id.toUpperCase()]) {
    const refusal = { code: 'invalid_input', message: expect.stringContaining('Step 2 has the text of step 1') }
    await expect(create([first(own), reply({ ...own, id, subject: 'Another' })])).rejects.toMatchObject(refusal)
  }
  expect(await stored(own.id)).toBeNull()
})

it('a workflow and a template that several delete at once are deleted by one of them, and gone for the others', async () => {
  const { id: workflow } = await create([first()])
  const { id: template } = await createTemplate(engine.deps, { name: 'Once', subject: 'Once', bodyText: 'Hi', by: BY })
  for (const erase of [
    () => deleteWorkflow(engine.deps, { id: workflow, by: BY }),
    () => deleteTemplate(engine.deps, { id: template, by: BY }),
  ]) {
    const all = await Promise.allSettled(Array.from({ length: 8 }, erase))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of all) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'not_found' })
  }
})
