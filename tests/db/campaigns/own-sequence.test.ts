import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CampaignDraft } from '@/domain/campaign/draft'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { duplicateCampaign } from '@/use-cases/campaigns/duplicate-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { deleteCampaign } from '@/use-cases/campaigns/remove-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { createTemplate } from '@/use-cases/templates/create-template'
import { deleteTemplate } from '@/use-cases/templates/delete-template'
import { getTemplate } from '@/use-cases/templates/get-template'
import { listTemplates } from '@/use-cases/templates/list-templates'
import { deleteWorkflow } from '@/use-cases/workflows/delete-workflow'
import { getWorkflow } from '@/use-cases/workflows/get-workflow'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import { updateWorkflow } from '@/use-cases/workflows/update-workflow'
import { BY, createBatch, createEngine, createWorkflow, type Engine, readLedger } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

type Steps = NonNullable<CampaignDraft['ownSteps']>

const text = (subject: string, bodyText = 'Hello {{ first_name }}') => ({ id: randomUUID(), subject, bodyText })
const steps = (): Steps => [
  { text: text('About {{ company_name }}'), daysAfterPrevious: 0, replyInThread: false },
  { text: text('', 'Did you see my email?'), daysAfterPrevious: 3, replyInThread: true },
]

async function draft(ownSteps: Steps = steps()) {
  const { batch } = await createBatch(engine, { leads: 3, name: `Batch ${randomUUID()}` })
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'outreach',
    name: 'Written here',
    batchIds: [batch.id],
    ownSteps,
    by: BY,
  })
  return id
}
const save = (campaignId: string, patch: Parameters<typeof updateCampaign>[1]['patch']) =>
  updateCampaign(engine.deps, { campaignId, patch, by: BY })
const sequenceOf = async (campaignId: string) =>
  (await engine.db.workflow.findUniqueOrThrow({ where: { campaignId } })).id
const blocking = async (campaignId: string) =>
  (await checkCampaign(engine.deps, { campaignId })).checks.filter(({ level }) => level === 'block')

it('belongs to the campaign alone: it sends it, and no list of workflows or templates shows it', async () => {
  const id = await draft()
  const campaign = await getCampaign(engine.deps, { campaignId: id })
  expect(campaign).toMatchObject({ useWorkflow: true, workflow: null })
  expect(campaign.steps.map(({ subject, daysAfterPrevious }) => [subject, daysAfterPrevious])).toEqual([
    ['About {{ company_name }}', 0],
    ['About {{ company_name }}', 3],
  ])
  expect(campaign.ownSteps.map(({ text }) => text?.subject)).toEqual(['About {{ company_name }}', ''])
  expect([(await listWorkflows(engine.deps)).rows, (await listTemplates(engine.deps)).rows]).toEqual([[], []])
  expect((await listCampaigns(engine.deps, { type: 'outreach' })).rows.find((row) => row.id === id)).toMatchObject({
    sequenceName: 'Own emails',
  })
  const [first] = campaign.ownSteps
  expect((await getTemplate(engine.deps, { id: first?.templateId ?? '' })).owner).toEqual({
    kind: 'campaign',
    id,
    name: 'Written here',
  })
  // Nor is it a workflow to be edited, deleted or chosen elsewhere.
  const own = { id: await sequenceOf(id), by: BY }
  await expect(getWorkflow(engine.deps, own)).rejects.toMatchObject({ code: 'not_found' })
  await expect(updateWorkflow(engine.deps, { ...own, name: 'x', steps: steps() })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(deleteWorkflow(engine.deps, own)).rejects.toMatchObject({ code: 'not_found' })
  const other = await draft()
  await expect(save(other, { workflowId: own.id })).rejects.toMatchObject({ code: 'not_found' })
  await expect(save(other, { emailTemplateId: first?.templateId ?? null })).rejects.toMatchObject({
    code: 'not_found',
  })
})

it('is planned, and sent as written', async () => {
  const id = await draft()
  expect(await blocking(id)).toEqual([])
  expect(await startCampaign(engine.deps, { campaignId: id, by: BY })).toMatchObject({ emailsScheduled: 6 })
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ planned: 6, sent: 3, pending: 3 })
  const sent = await engine.db.email.findFirstOrThrow({ where: { scheduledEmail: { campaignId: id } } })
  expect(sent.subject).toMatch(/^About Company \d$/)
  // It is planned from: no change from here on.
  await expect(save(id, { ownSteps: steps() })).rejects.toMatchObject({ code: 'conflict' })
})

it('is kept half written in a draft, and the pre-flight says which step is not written yet', async () => {
  const [first, second] = steps()
  const unwritten = { ...text('', ''), id: first?.text?.id ?? '' }
  const id = await draft([{ ...first, text: unwritten } as Steps[number], second as Steps[number]])
  expect(await blocking(id)).toMatchObject([
    { kind: 'step_unwritten', step: 1, fix: { kind: 'edit_step', step: 'sequence' } },
  ])
  await expect(startCampaign(engine.deps, { campaignId: id, by: BY })).rejects.toThrow('Step 1 is not written yet')
  await save(id, {
    ownSteps: [{ ...first, text: { ...unwritten, subject: '{{ nosuch }}', bodyText: '{{ un' } }, second] as Steps,
  })
  expect(await blocking(id)).toMatchObject([{ kind: 'template_unreadable', step: 1, template: '[nosuch]' }])
  await save(id, {
    ownSteps: [{ ...first, text: { ...unwritten, subject: '{{ nosuch }}', bodyText: 'Hi' } }] as Steps,
  })
  expect(await blocking(id)).toMatchObject([
    { kind: 'unknown_variable', variable: 'nosuch', step: 1, fix: { kind: 'edit_step', step: 'sequence' } },
  ])
})

it('waits while a workflow is sent instead, and comes back as it was', async () => {
  const id = await draft()
  const workflow = await createWorkflow(engine, { days: [0] })
  await save(id, { workflowId: workflow.id })
  const other = await getCampaign(engine.deps, { campaignId: id })
  expect([other.workflow?.id, other.steps.length, other.ownSteps.length]).toEqual([workflow.id, 1, 2])
  const back = other.ownSteps.map(({ text, templateId, ...timing }) => ({
    ...timing,
    ...(text ? { text } : { templateId }),
  }))
  await save(id, { workflowId: null, ownSteps: back })
  expect(await getCampaign(engine.deps, { campaignId: id })).toMatchObject({ workflow: null, steps: { length: 2 } })
})

it('is copied with the campaign, text by text, and goes with a draft', async () => {
  const id = await draft()
  const texts = async (campaignId: string) =>
    engine.db.emailTemplate.findMany({ where: { workflow: { campaignId } }, orderBy: { bodyText: 'asc' } })
  const { id: copy } = await duplicateCampaign(engine.deps, { campaignId: id, by: BY })
  const [originals, copies] = [await texts(id), await texts(copy)]
  expect(copies.map(({ subject, bodyText }) => [subject, bodyText])).toEqual(
    originals.map(({ subject, bodyText }) => [subject, bodyText]),
  )
  expect(copies.some((one) => originals.some((other) => other.id === one.id))).toBe(false)
  await deleteCampaign(engine.deps, { campaignId: copy })
  expect(await texts(copy)).toEqual([])
  expect(await engine.db.workflow.count({ where: { campaignId: copy } })).toBe(0)
  expect(await texts(id)).toHaveLength(2)
})

it('may send templates, which then belong to nobody less and are used by the campaign', async () => {
  const { id: templateId } = await createTemplate(engine.deps, { name: 'All', subject: 'All', bodyText: 'Hi', by: BY })
  const id = await draft([{ templateId, daysAfterPrevious: 0, replyInThread: false }, ...steps().slice(1)])
  const { rows } = await listTemplates(engine.deps, { ids: [templateId] })
  expect(rows).toMatchObject([{ usedBy: { workflows: 0, campaigns: 1 } }])
  await expect(deleteTemplate(engine.deps, { id: templateId, by: BY })).rejects.toThrow(
    'campaign "Written here" (draft)',
  )
  await save(id, { ownSteps: steps() })
  await deleteTemplate(engine.deps, { id: templateId, by: BY })
})
