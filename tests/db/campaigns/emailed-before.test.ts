import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { duplicateCampaign } from '@/use-cases/campaigns/duplicate-campaign'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { deleteLeads } from '@/use-cases/leads/delete-leads'
import { importLeads } from '@/use-cases/leads/import-leads'
import { BY, createBatch, createEngine, createWorkflow, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
// Between two tests no batch is held, and nothing is due any more.
beforeEach(async () => {
  await engine.db.campaign.updateMany({ where: { status: 'running' }, data: { status: 'completed' } })
  await engine.db.leadBatch.updateMany({ data: { activeCampaignId: null } })
  engine.clock.advanceDays(10)
})

async function draftOf(name: string, batchIds: string[], leaveOutMailedBefore?: boolean) {
  const workflow = await createWorkflow(engine, { days: [0, 1] })
  const { id } = await createCampaign(engine.deps, {
    campaignType: 'outreach',
    name,
    timezone: 'UTC',
    batchIds,
    workflowId: workflow.id,
    ...(leaveOutMailedBefore === undefined ? {} : { leaveOutMailedBefore }),
    by: BY,
  })
  return id
}

/** Emails the first step to these batches' leads; then the campaign is over. */
async function emailed(name: string, batchIds: string[]) {
  const campaignId = await draftOf(name, batchIds)
  await startCampaign(engine.deps, { campaignId, by: BY })
  await engine.work()
  await engine.db.campaign.update({ where: { id: campaignId }, data: { status: 'completed' } })
  await engine.db.leadBatch.updateMany({ data: { activeCampaignId: null } })
  engine.clock.advanceDays(2)
}

const checkOf = async (campaignId: string) => {
  const { checks } = await checkCampaign(engine.deps, { campaignId })
  return checks.find(({ kind }) => kind === 'emailed_before')
}

it('names the latest campaign and counts, and lets them in unless the draft says otherwise', async () => {
  const first = await createBatch(engine, { leads: 3 })
  const second = await createBatch(engine, { leads: 2 })
  const fresh = await createBatch(engine, { leads: 4 })
  const batchIds = [first.batch.id, second.batch.id, fresh.batch.id]
  await emailed('My first outreach', [first.batch.id, second.batch.id])
  const campaignId = await draftOf('Next', batchIds)
  expect(await checkOf(campaignId)).toMatchObject({
    level: 'warn',
    leads: 5,
    last: { campaign: 'My first outreach', leads: 5 },
  })
  await emailed('My second', [second.batch.id])
  expect(await checkOf(campaignId)).toMatchObject({ leads: 5, last: { campaign: 'My second', leads: 2 } })
  expect(await getCampaign(engine.deps, { campaignId })).toMatchObject({ leaveOutMailedBefore: false })
  expect(await startCampaign(engine.deps, { campaignId, by: BY })).toMatchObject({
    leadsTargeted: 9,
    leadsLeftOut: [],
  })
})

it('leaves them out of pre-flight, forecast, plan and answer alike where the draft says so', async () => {
  const old = await createBatch(engine, { leads: 3 })
  const fresh = await createBatch(engine, { leads: 4 })
  await emailed('Earlier', [old.batch.id])
  const campaignId = await draftOf('Strict', [old.batch.id, fresh.batch.id])
  await updateCampaign(engine.deps, { campaignId, patch: { leaveOutMailedBefore: true }, by: BY })
  const leftOut = [{ reason: 'emailed_before', count: 3 }]
  expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 4, emails: 8, leftOut })
  expect(await checkOf(campaignId)).toBeUndefined()
  expect(await forecastCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 4, emails: 8 })
  const copy = await duplicateCampaign(engine.deps, { campaignId, by: BY })
  expect(await getCampaign(engine.deps, { campaignId: copy.id })).toMatchObject({ leaveOutMailedBefore: true })
  const started = await startCampaign(engine.deps, { campaignId, by: BY })
  expect(started).toMatchObject({ emailsScheduled: 8, leadsTargeted: 4, leadsLeftOut: leftOut })
  const planned = await engine.db.scheduledEmail.findMany({ where: { campaignId }, distinct: ['leadId'] })
  expect(planned.map(({ leadId }) => leadId).sort()).toEqual(fresh.leads.map(({ id }) => id).sort())
  // Its own first emails leave nobody out of its later steps.
  await engine.work()
  engine.clock.advanceDays(1)
  await engine.work()
  expect(await engine.db.scheduledEmail.count({ where: { campaignId, status: 'sent' } })).toBe(8)
  expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 4, leftOut })
})

it('knows an email whose delivery is unknown, and one to a lead that was deleted and imported again', async () => {
  const { batch, leads } = await createBatch(engine, { leads: 2 })
  const [held, gone] = [leads[0] ?? { id: '', email: '' }, leads[1] ?? { id: '', email: '' }]
  await emailed('In doubt', [batch.id])
  await engine.db.scheduledEmail.updateMany({ where: { leadId: held.id, status: 'sent' }, data: { status: 'held' } })
  await engine.db.lead.update({ where: { id: held.id }, data: { lastContactedAt: null, emailsSent: 0 } })
  await deleteLeads(engine.deps, { ids: [gone.id], by: BY })
  const text = `email,company,first name\n${gone.email},Nord,Ada\n`
  const { batchId } = await importLeads(engine.deps, { fileName: 'a.csv', text, by: BY })
  const campaignId = await draftOf('After', [batch.id, batchId ?? ''])
  expect(await checkOf(campaignId)).toMatchObject({ leads: 2 })
  await updateCampaign(engine.deps, { campaignId, patch: { leaveOutMailedBefore: true }, by: BY })
  expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({
    leads: 0,
    leftOut: [{ reason: 'emailed_before', count: 2 }],
  })
})
