import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LeadStatus } from '@/domain/lead/status'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { duplicateCampaign } from '@/use-cases/campaigns/duplicate-campaign'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import {
  BY,
  createEngine,
  createOutreach,
  createWorkflow,
  type Engine,
  readLedger,
  statusOf,
} from '../../support/engine'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

const setStatus = (id: string | undefined, status: LeadStatus) =>
  setLeadStatus(engine.deps, { ids: [id ?? ''], status, by: BY })

/** Three leads and three steps a day apart, the first step sent. */
async function startedOutreach({ continueAfterReply = false } = {}) {
  const campaign = await createOutreach(engine, { leads: 3 })
  await updateCampaign(engine.deps, { campaignId: campaign.id, patch: { continueAfterReply }, by: BY })
  await startCampaign(engine.deps, { campaignId: campaign.id, by: BY })
  await engine.work()
  return campaign
}

/** Sends the two steps that are left, on their days. */
async function sendTheRest() {
  for (const _ of [2, 3]) {
    engine.clock.advanceDays(1)
    await engine.work()
  }
}

const emailsOf = async (campaignId: string, leadId: string | undefined) =>
  (
    await engine.db.scheduledEmail.findMany({
      where: { campaignId, leadId: leadId ?? '' },
      orderBy: { workflowStepNumber: 'asc' },
    })
  ).map(({ status, failureReason }) => [status, failureReason])

const SENT = ['sent', null]
const SKIPPED = ['skipped', 'lead_replied']

describe('a reply', () => {
  it.each(['replied', 'interested'] as const)('ends the sequence of a lead that is set to %s', async (status) => {
    const { id, leads } = await startedOutreach()
    expect(await setStatus(leads[0]?.id, status)).toEqual({ updated: 1, emailsSkipped: 2 })
    await sendTheRest()
    expect(await emailsOf(id, leads[0]?.id)).toEqual([SENT, SKIPPED, SKIPPED])
    expect(await emailsOf(id, leads[1]?.id)).toEqual([SENT, SENT, SENT])
    expect(await readLedger(engine, id)).toMatchObject({ planned: 9, sent: 7, skipped: 2, pending: 0 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('that is written past the list of planned emails is seen when they are due', async () => {
    const { id, leads } = await startedOutreach()
    await engine.db.lead.update({ where: { id: leads[0]?.id }, data: { status: 'replied' } })
    await sendTheRest()
    expect(await emailsOf(id, leads[0]?.id)).toEqual([SENT, SKIPPED, SKIPPED])
  })

  it('does not end it in a campaign that goes on, and ends it there once the lead says no', async () => {
    const { id, leads } = await startedOutreach({ continueAfterReply: true })
    expect(await setStatus(leads[0]?.id, 'replied')).toEqual({ updated: 1, emailsSkipped: 0 })
    await setStatus(leads[1]?.id, 'interested')
    await engine.db.lead.update({ where: { id: leads[2]?.id }, data: { status: 'not_interested' } })
    await sendTheRest()
    expect(await emailsOf(id, leads[0]?.id)).toEqual([SENT, SENT, SENT])
    expect(await emailsOf(id, leads[1]?.id)).toEqual([SENT, SENT, SENT])
    expect((await emailsOf(id, leads[2]?.id))[1]).toEqual(['skipped', 'lead_unmailable'])
  })

  it('leaves the lead out of a new campaign, with its reason, unless that one goes on', async () => {
    const { batch, leads } = await createOutreach(engine, { leads: 3 })
    await setStatus(leads[0]?.id, 'replied')
    await setStatus(leads[1]?.id, 'interested')
    const workflow = await createWorkflow(engine, { days: [0] })
    const draft = {
      campaignType: 'outreach' as const,
      batchIds: [batch.id],
      workflowId: workflow.id,
      by: BY,
    }
    const { id: campaignId } = await createCampaign(engine.deps, draft)
    const leftOut = [
      { reason: 'interested', count: 1 },
      { reason: 'replied', count: 1 },
    ]
    expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 1, leftOut })
    await updateCampaign(engine.deps, { campaignId, patch: { continueAfterReply: true }, by: BY })
    expect(await checkCampaign(engine.deps, { campaignId })).toMatchObject({ leads: 3, leftOut: [] })
    await updateCampaign(engine.deps, { campaignId, patch: { continueAfterReply: false }, by: BY })
    expect(await startCampaign(engine.deps, { campaignId, by: BY })).toMatchObject({
      emailsScheduled: 1,
      leadsTargeted: 1,
      leadsLeftOut: leftOut,
    })
    const planned = await engine.db.scheduledEmail.findMany({ where: { campaignId } })
    expect(planned.map(({ leadId }) => leadId)).toEqual([leads[2]?.id])
    await engine.db.leadBatch.updateMany({ data: { activeCampaignId: null } })
    const { id: goingOn } = await createCampaign(engine.deps, { ...draft, continueAfterReply: true })
    expect(await startCampaign(engine.deps, { campaignId: goingOn, by: BY })).toMatchObject({ leadsTargeted: 3 })
  })

  it('is set for each campaign, off at first, and comes along with a copy', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1 })
    expect(await getCampaign(engine.deps, { campaignId })).toMatchObject({ continueAfterReply: false })
    await updateCampaign(engine.deps, { campaignId, patch: { continueAfterReply: true }, by: BY })
    const copy = await duplicateCampaign(engine.deps, { campaignId, by: BY })
    expect(await getCampaign(engine.deps, { campaignId: copy.id })).toMatchObject({ continueAfterReply: true })
  })

  it('ends the sequence of the lead alone at first; that it ends those of its company is set for each campaign, and copied', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1 })
    expect(await getCampaign(engine.deps, { campaignId })).toMatchObject({ stopSameCompany: false })
    await updateCampaign(engine.deps, { campaignId, patch: { stopSameCompany: true }, by: BY })
    expect(await getCampaign(engine.deps, { campaignId })).toMatchObject({ stopSameCompany: true })
    const copy = await duplicateCampaign(engine.deps, { campaignId, by: BY })
    expect(await getCampaign(engine.deps, { campaignId: copy.id })).toMatchObject({ stopSameCompany: true })
    await startCampaign(engine.deps, { campaignId, by: BY })
    const late = updateCampaign(engine.deps, { campaignId, patch: { stopSameCompany: false }, by: BY })
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
  })
})
