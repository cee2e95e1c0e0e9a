import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { createBatch, createEngine, createOutreach, createWorkflow, type Engine, readLedger } from '../support/engine'

const user = { id: 'u1', name: 'Olive', email: 'olive@nexa.example', role: 'owner' as const }

const createCaller = createCallerFactory(appRouter)

describe('campaigns over the API', () => {
  let engine: Engine
  let api: ReturnType<typeof createCaller>
  beforeAll(async () => {
    engine = await createEngine()
    api = createCaller({ deps: engine.deps, user })
  })
  afterAll(() => engine.close())

  it('starts, pauses, previews, resumes, stops, and says what it did at each step', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 4, name: 'Whole life' })
    expect(await api.campaigns.start({ campaignId })).toEqual({
      status: 'running',
      emailsScheduled: 12,
      leadsTargeted: 4,
      leadsLeftOut: [],
    })
    await engine.work()
    expect(await api.campaigns.pause({ campaignId })).toEqual({ status: 'paused' })
    engine.clock.advanceDays(2)
    expect(await api.campaigns.resumePreview({ campaignId })).toMatchObject({
      leadsShifted: 4,
      emailsShifted: 8,
      emailsUnchanged: 0,
      largestShiftSeconds: 86_400,
      nextAt: engine.clock.now(),
    })
    expect(await api.campaigns.resume({ campaignId })).toEqual({ status: 'running', emailsShifted: 8 })
    expect(await api.campaigns.stop({ campaignId })).toEqual({ status: 'completed', cancelled: 8 })
    const progress = await api.campaigns.progress({ campaignId })
    expect(progress.ledger).toMatchObject({ planned: 12, sent: 4, cancelled: 8, pending: 0 })
    expect(progress.steps.map(({ ledger }) => ledger.sent)).toEqual([4, 0, 0])
    const { rows } = await api.campaigns.events({ campaignId })
    expect(rows.map(({ fromStatus, toStatus }) => `${fromStatus} -> ${toStatus}`)).toEqual([
      'running -> completed',
      'paused -> running',
      'running -> paused',
      'draft -> running',
      'null -> null',
    ])
    const batch = await api.batches.get({ id: (await api.campaigns.get({ campaignId })).batchIds[0] ?? '' })
    expect(batch.activeCampaign).toBeNull()
    expect(batch.campaignHistory).toHaveLength(1)
  })

  it('takes what follows after a reply, and says it', async () => {
    const after = { continueAfterReply: false, stopSameCompany: true }
    const { id: campaignId } = await api.campaigns.create({ campaignType: 'outreach', name: 'After a reply', ...after })
    expect(await api.campaigns.get({ campaignId })).toMatchObject(after)
    await api.campaigns.update({ campaignId, patch: { stopSameCompany: false } })
    expect(await api.campaigns.get({ campaignId })).toMatchObject({ stopSameCompany: false })
  })

  it('says for every waiting mail why it has not left and when it may', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 1, name: 'Reasons' })
    await api.campaigns.start({ campaignId })
    const before = await api.campaigns.emails({ campaignId })
    expect(before.rows.map(({ decision }) => decision)).toMatchObject([
      { kind: 'send' },
      { kind: 'wait', reason: 'previous_step_open' },
      { kind: 'wait', reason: 'previous_step_open' },
    ])
    await engine.work()
    const after = await api.campaigns.emails({ campaignId })
    expect(after.rows.map(({ status }) => status)).toEqual(['sent', 'pending', 'pending'])
    expect(after.rows.map(({ decision }) => decision)).toEqual([
      null,
      expect.objectContaining({ kind: 'wait', reason: 'not_due' }),
      expect.objectContaining({ kind: 'wait', reason: 'previous_step_open' }),
    ])
    await api.campaigns.stop({ campaignId })
  })

  it('starts a scheduled campaign at its time, and takes a refused start back to draft with the reason', async () => {
    const good = await createOutreach(engine, { leads: 2, name: 'At nine' })
    const bad = await createOutreach(engine, { leads: 1, name: 'Gone stale' })
    const startAt = new Date(engine.clock.now().getTime() + 3_600_000)
    for (const { id: campaignId } of [good, bad]) await api.campaigns.schedule({ campaignId, startAt })
    await api.leads.setStatus({ ids: bad.leads.map(({ id }) => id), status: 'converted' })
    await engine.work()
    expect((await api.campaigns.get({ campaignId: good.id })).status).toBe('scheduled')
    engine.clock.set(startAt)
    await engine.work()
    expect((await api.campaigns.get({ campaignId: good.id })).status).toBe('running')
    expect(await api.campaigns.get({ campaignId: bad.id })).toMatchObject({
      status: 'draft',
      statusReason:
        'The scheduled start was refused: "Gone stale" has nobody to write to. All leads are left out: 1 converted. It was not started.',
    })
    await api.campaigns.stop({ campaignId: good.id })
  })

  it('duplicates a campaign as a draft with the same choices and nothing sent', async () => {
    const { batch } = await createBatch(engine, { leads: 1 })
    const workflow = await createWorkflow(engine)
    const { id: campaignId } = await api.campaigns.create({
      name: 'Original',
      batchIds: [batch.id],
      workflowId: workflow.id,
      dailyLimit: 7,
      timezone: 'Europe/Berlin',
    })
    const { id: copyId } = await api.campaigns.duplicate({ campaignId })
    expect(await api.campaigns.get({ campaignId: copyId })).toMatchObject({
      name: 'Original (copy)',
      status: 'draft',
      batchIds: [batch.id],
      dailyLimit: 7,
      timezone: 'Europe/Berlin',
      workflow: { id: workflow.id },
    })
  })

  it('forecasts what a start would plan, and plans nothing', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 5, name: 'Forecast' })
    const forecast = await api.campaigns.forecast({ campaignId, startAt: new Date('2026-06-01T08:00:00Z') })
    expect(forecast.days).toEqual([
      { day: '2026-06-01', total: 5, byStep: { 1: 5 } },
      { day: '2026-06-02', total: 5, byStep: { 2: 5 } },
      { day: '2026-06-03', total: 5, byStep: { 3: 5 } },
    ])
    expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 0 })
  })
})
