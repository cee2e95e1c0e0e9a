import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { DAY_MS } from '@/domain/time/duration'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { depsOn } from '../../support/deps'
import {
  BY,
  createBatch,
  createEngine,
  createOutreach,
  createWorkflow,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { eventually } from '../../support/worker-process'

const mailboxOf = async ({ db }: Engine) => (await db.mailbox.findFirstOrThrow()).id

/** Each fault of the system that this one replaces, by name; each test fails when the fault is put back. */
describe('faults of the first sample code that are not ours', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('completion checked only after a success: a campaign whose last email fails completes', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0] })
    const last = leads[2]?.email
    engine.sink.behave = (to) => (to === last ? { at: 'rcpt', code: 554, message: '5.7.1 no thanks' } : undefined)
    await engine.work()
    engine.sink.behave = () => undefined
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 3, sent: 2, failed: 1 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('completion checked only after a success: the tick completes what nobody completed', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0] })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { status: 'failed' } })
    await runTick(engine.deps)
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('pause cancels rows and completion looks at pending only: an email in flight at the pause completes nothing', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const { promise: looked, resolve: answer } = Promise.withResolvers<void>()
    engine.sink.behave = () => ({ at: 'data', until: looked })
    const begun = new Promise<void>((resolve) => {
      engine.sink.onMailFrom = () => resolve()
    })
    const working = engine.work()
    await begun
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await readLedger(engine, id)).toMatchObject({ sending: 1, pending: 1, cancelled: 0 })
    answer()
    await working
    engine.sink.behave = () => undefined
    await runTick(engine.deps)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 2, sent: 1, pending: 1 })
    expect(await statusOf(engine, id)).toBe('paused')
  })

  it('resume sets every row to now: remaining emails move together and their gaps hold', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 2, 3] })
    await engine.work()
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(10)
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    const left = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, status: 'pending' } })
    const now = engine.clock.now().getTime()
    const due = (step: number) =>
      left.filter((m) => m.workflowStepNumber === step).map((m) => m.scheduledFor.getTime() - now)
    expect(due(2)).toEqual([0, 0])
    expect(due(3)).toEqual([3 * DAY_MS, 3 * DAY_MS])
  })

  it('"contacted < 24 h ago" fails the email for good: it is deferred and sent later', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    const contactedAt = new Date(engine.clock.now().getTime() - 23 * 3_600_000)
    await engine.db.lead.update({ where: { id: leads[0]?.id }, data: { lastContactedAt: contactedAt } })
    await engine.work()
    const [email] = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    expect(email).toMatchObject({ status: 'pending', waitReason: 'contacted_recently', retryCount: 0 })
    expect(email?.scheduledFor).toEqual(new Date(contactedAt.getTime() + DAY_MS))
    engine.clock.advance(3_600_000)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 1, failed: 0 })
  })

  it('start from paused plans again: it is refused, and two starts at once plan once', async () => {
    const { id } = await createOutreach(engine, { leads: 20 })
    const starts = await Promise.allSettled([1, 2, 3].map(() => startCampaign(engine.deps, { campaignId: id, by: BY })))
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const start of starts) {
      if (start.status === 'rejected') expect(start.reason).toMatchObject({ code: 'already_running' })
    }
    expect(await readLedger(engine, id)).toMatchObject({ planned: 60 })
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    await expect(startCampaign(engine.deps, { campaignId: id, by: BY })).rejects.toMatchObject({ code: 'illegal_move' })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 60 })
    const [email] = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, take: 1 })
    const { id: _id, ...copy } = email ?? {}
    await expect(engine.db.scheduledEmail.create({ data: copy as never })).rejects.toThrow(/[Uu]nique constraint/)
  })

  it('batches checked, then locked row by row: two starts at once cannot share a batch', async () => {
    const { batch } = await createBatch(engine, { leads: 5, name: 'Shared batch' })
    const workflow = await createWorkflow(engine)
    const campaigns = await Promise.all(
      ['First', 'Second', 'Third'].map((name) =>
        createCampaign(engine.deps, {
          campaignType: 'outreach',
          name,
          batchIds: [batch.id],
          workflowId: workflow.id,
          by: BY,
        }),
      ),
    )
    const starts = await Promise.allSettled(
      campaigns.map(({ id }) => startCampaign(engine.deps, { campaignId: id, by: BY })),
    )
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const holder = await engine.db.leadBatch.findUniqueOrThrow({
      where: { id: batch.id },
      include: { activeCampaign: true },
    })
    for (const [i, start] of starts.entries()) {
      if (start.status === 'fulfilled') continue
      const name = ['First', 'Second', 'Third'][i]
      expect(start.reason.message).toBe(
        `Can't start "${name}": batch "Shared batch" is in use by "${holder.activeCampaign?.name}". Nothing was changed.`,
      )
      expect(await statusOf(engine, campaigns[i]?.id ?? '')).toBe('draft')
      expect(await readLedger(engine, campaigns[i]?.id ?? '')).toEqual(EMPTY_LEDGER)
    }
  })

  it('due rows read without a claim: senders at the same time send each email once', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 60, days: [0] })
    const mailboxId = await mailboxOf(engine)
    const others = [1, 2, 3].map(() => createDatabase(engine.url))
    const workers = others.map((database) => depsOn(database, engine.sink, engine.clock))
    await Promise.all(workers.map((deps) => sendMailbox(deps, { mailboxId })))
    for (const deps of workers) deps.mailer.close()
    await Promise.all(others.map((database) => database.close()))
    const received = engine.sink.received.filter(({ to }) => leads.some(({ email }) => email === to))
    expect(received).toHaveLength(60)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(60)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 60, sent: 60 })
  })

  it('retried while retryCount < 3: three attempts in all, then failed', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
    let attempts = 0
    engine.sink.behave = (to) => {
      if (to !== leads[0]?.email) return undefined
      attempts++
      return { at: 'rcpt', code: 451, message: '4.2.0 try again' }
    }
    for (let hour = 0; hour < 48; hour++) {
      await engine.work()
      engine.clock.advance(3_600_000)
    }
    engine.sink.behave = () => undefined
    expect(attempts).toBe(3)
    const [email] = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    expect(email).toMatchObject({ status: 'failed', retryCount: 3 })
    expect(email?.failureReason).toContain('4.2.0 try again')
  })

  it('100 emails a minute, one by one: one job sends hundreds over several connections at once', async () => {
    const { id } = await startOutreach(engine, { leads: 300, days: [0] })
    const before = engine.sink.connections
    let begun = 0
    engine.sink.onMailFrom = () => begun++
    const { promise: tenAtOnce, resolve: answer } = Promise.withResolvers<void>()
    engine.sink.behave = () => ({ at: 'data', until: tenAtOnce })
    const working = engine.work()
    // None has its answer yet.
    await eventually(() => begun === 10, 'ten SMTP transactions have begun')
    answer()
    await working
    engine.sink.behave = () => undefined
    engine.sink.onMailFrom = () => undefined
    expect(await readLedger(engine, id)).toMatchObject({ sent: 300 })
    expect(engine.sink.connections - before).toBeLessThanOrEqual(10)
  })

  it('failed campaign keeps its batches: they are released, and a resume takes them again', async () => {
    const { id, batch, leads } = await startOutreach(engine, { leads: 12, days: [0] })
    const refused = new Set(leads.slice(0, 7).map(({ email }) => email))
    engine.sink.behave = (to) =>
      refused.has(to)
        ? { at: 'rcpt', code: 554, message: '5.7.1 no' }
        : { at: 'rcpt', code: 451, message: '4.2.0 later' }
    await engine.work()
    engine.sink.behave = () => undefined
    const holder = async () =>
      (await engine.db.leadBatch.findUniqueOrThrow({ where: { id: batch.id } })).activeCampaignId
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'failed',
      failureReason: '58 % of the emails failed or could not follow (7 of 12)',
    })
    expect(await holder()).toBeNull()
    expect(await readLedger(engine, id)).toMatchObject({ failed: 7, pending: 5 })
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await statusOf(engine, id)).toBe('running')
    expect(await holder()).toBe(id)
    // What failed before does not fail it again.
    engine.clock.advance(2 * 3_600_000)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ failed: 7, sent: 5 })
    expect(await statusOf(engine, id)).toBe('completed')
  })
})
