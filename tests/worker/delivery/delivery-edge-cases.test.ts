import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '@/db/client'
import { selectDatabaseTime } from '@/db/queries/maintenance/select-database-time'
import { holdSendGate, withSendingBlocked } from '@/db/send-gate'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { DAY_MS } from '@/domain/time/duration'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { previewResume } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { depsOn } from '../../support/deps'
import {
  BY,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'
import { eventually } from '../../support/worker-process'

describe('hard cases', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())
  const hold = (id: string) =>
    engine.pool.query(
      `UPDATE scheduled_emails SET status = 'held', held_at = $2, claim = 1, sending_since = $2, failure_reason = 'lost'
       WHERE campaign_id = $1 AND workflow_step_number = 1`,
      [id, engine.clock.now()],
    )

  it('a database session that ends while it is held does not end the process', async () => {
    const gate = await holdSendGate(engine.deps.sql)
    const held = `FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`
    const { rowCount } = await engine.pool.query(`SELECT pg_terminate_backend(pid) ${held}`)
    expect(rowCount).toBe(1)
    await eventually(
      async () => (await engine.pool.query(`SELECT 1 ${held}`)).rowCount === 0,
      'the session that held the gate has ended',
    )
    await gate.release()
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 3 })
  })

  it('a pause waits for a slow gate instead of failing, and commits when it opens', async () => {
    const { id } = await startOutreach(engine, { leads: 1 })
    // Held for longer than a machine may need to get through this test.
    const gate = await holdSendGate(engine.deps.sql, 600_000)
    const pausing = pauseCampaign(engine.deps, { campaignId: id, by: BY })
    await untilBlocked(engine.deps.sql, pausing)
    // Longer than any client would wait by itself; a busy machine only makes it longer.
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    expect(await statusOf(engine, id)).toBe('running')
    await gate.release()
    expect(await pausing).toEqual({ status: 'paused' })
  })

  it('two senders of one paced mailbox at once send one email in its gap, and a limit lowered meanwhile holds at once', async () => {
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { minGapSeconds: 60 } })
    const { id } = await startOutreach(engine, { leads: 20, days: [0] })
    const others = Array.from({ length: 4 }, () => createDatabase(engine.url, { connections: 6 }))
    const senders = others.map((database) => depsOn(database, engine.sink, engine.clock))
    await Promise.all(senders.map((deps) => sendMailbox(deps, { mailboxId })))
    for (const deps of senders) deps.mailer.close()
    await Promise.all(others.map((database) => database.close()))
    expect(await readLedger(engine, id)).toMatchObject({ planned: 20, sent: 1, pending: 19 })

    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { minGapSeconds: 0, nextSendAt: null } })
    const { promise: lowered, resolve } = Promise.withResolvers<void>()
    engine.sink.onMailFrom = () => {
      engine.sink.onMailFrom = () => undefined
      // A person lowers the limit while the first batch is on the wire.
      void engine.db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit: 3 } }).then(() => resolve())
    }
    engine.sink.behave = () => ({ at: 'data', until: lowered })
    await engine.work()
    // The first batch had begun; nothing begins after it, and the next job says why.
    const { sent } = await readLedger(engine, id)
    expect(sent).toBeLessThanOrEqual(11)
    await engine.work()
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: id, waitReason: 'mailbox_limit' } })).toBe(
      20 - sent,
    )
  })

  it('a hundred that close the gate at once take their turns', async () => {
    const gate = await holdSendGate(engine.deps.sql)
    const done = Promise.all(Array.from({ length: 100 }, (_, i) => withSendingBlocked(engine.deps.sql, async () => i)))
    // The pool still serves others while they wait.
    await selectDatabaseTime(engine.deps.sql)
    await gate.release()
    expect(await done).toHaveLength(100)
  })

  it('a greylisting recipient is retried and slows nobody; an unknown one ends, also on servers with PIPELINING', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 20, days: [0] })
    const [grey, gone] = leads
    engine.sink.behave = (to) => {
      if (to === grey?.email) return { at: 'rcpt', code: 450, message: '4.7.1 Greylisted, please try again' }
      return to === gone?.email ? { at: 'rcpt', code: 550, message: 'No such user here' } : undefined
    }
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, sent: 18, failed: 1, pending: 1 })
    expect(await engine.db.mailbox.findFirst()).toMatchObject({ health: 'ready' })
    expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id, status: 'pending' } })).toMatchObject({
      retryCount: 1,
    })
    expect(await engine.db.lead.findUnique({ where: { id: gone?.id } })).toMatchObject({ status: 'invalid' })
  })

  it('one message refused for its size pauses nothing; three different ones pause the campaign and say why', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 40, days: [0] })
    const refused = new Set([leads[0]?.email])
    engine.sink.behave = (to) =>
      refused.has(to) ? { at: 'data', code: 552, message: '5.3.4 Message too big' } : undefined
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 39, failed: 1 })
    expect(await statusOf(engine, id)).toBe('completed')
    const second = await startOutreach(engine, { leads: 10, days: [0] })
    for (const { email } of second.leads) refused.add(email)
    await engine.work()
    const campaign = await engine.db.campaign.findUniqueOrThrow({ where: { id: second.id } })
    expect(campaign.status).toBe('paused')
    expect(campaign.statusReason).toContain('5.3.4 Message too big')
    expect(await readLedger(engine, second.id)).toMatchObject({ pending: 10, failed: 0 })
  })

  it('"Send again" keeps the gaps of the steps, and is refused after a Stop', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 3] })
    await hold(id)
    await engine.db.mailbox.updateMany({ data: { troubleCount: 0 } })
    engine.clock.advanceDays(2)
    await resolveHeld(engine.deps, { campaignId: id, choice: 'again', by: BY })
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId: id },
      orderBy: { workflowStepNumber: 'asc' },
    })
    const now = engine.clock.now().getTime()
    expect(emails.map(({ scheduledFor }) => scheduledFor.getTime() - now)).toEqual([0, 3 * DAY_MS])
    await hold(id)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await expect(resolveHeld(engine.deps, { campaignId: id, choice: 'again', by: BY })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await resolveHeld(engine.deps, { campaignId: id, choice: 'delivered', by: BY })).toEqual({
      resolved: 1,
      ended: 0,
    })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 1, cancelled: 1, held: 0, pending: 0 })
  })

  it('after days without a worker, what is long overdue moves with its later steps, and nothing rushes', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 3, 3] })
    engine.clock.advanceDays(10)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, pending: 4 })
    const left = await engine.db.scheduledEmail.findMany({
      where: { campaignId: id, status: 'pending' },
      orderBy: { workflowStepNumber: 'asc' },
    })
    const now = engine.clock.now().getTime()
    expect(left.map(({ scheduledFor }) => (scheduledFor.getTime() - now) / DAY_MS)).toEqual([3, 3, 6, 6])
  })

  it('after days without a worker, what is overdue in a paused campaign stays until it is resumed', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 3] })
    const plan = async () =>
      (await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { id: 'asc' } })).map(
        ({ scheduledFor }) => scheduledFor,
      )
    const planned = await plan()
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(5)
    await runTick(engine.deps)
    expect(await plan()).toEqual(planned)
    expect(await previewResume(engine.deps, { campaignId: id })).toMatchObject({ largestShiftSeconds: 5 * 86_400 })
  })

  it('a due campaign that cannot start for a fault of ours keeps nobody else waiting', async () => {
    const bad = await createOutreach(engine, { leads: 1, name: 'Bad' })
    const good = await startOutreach(engine, { leads: 2, days: [0], name: 'Good' })
    await scheduleCampaign(engine.deps, {
      campaignId: bad.id,
      startAt: new Date(engine.clock.now().getTime() + 1000),
      by: BY,
    })
    await engine.db.campaign.update({ where: { id: bad.id }, data: { timezone: 'Nowhere/City' } })
    engine.clock.advance(2000)
    expect(await runTick(engine.deps)).toEqual({ mailboxes: 1 })
    await engine.work()
    expect(await readLedger(engine, good.id)).toMatchObject({ sent: 2 })
  })
})
