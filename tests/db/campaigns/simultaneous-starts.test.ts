import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { BY, createEngine, createOutreach, type Engine, readLedger, startOutreach } from '../../support/engine'
import { eventually } from '../../support/worker-process'

const LIMIT = 10

describe('campaigns that start at the same moment from one mailbox', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
    await engine.db.mailbox.updateMany({ data: { dailyLimit: LIMIT } })
  })
  afterEach(() => engine.close())

  const start = (id: string) => startCampaign(engine.deps, { campaignId: id, by: BY })
  const waiting = async () =>
    (
      await engine.pool.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).rowCount
  const mostOnADay = async () => {
    const { rows } = await engine.pool.query<{ emails: number }>(
      "SELECT count(*)::int AS emails FROM scheduled_emails GROUP BY (scheduled_for AT TIME ZONE 'UTC')::date",
    )
    return Math.max(...rows.map(({ emails }) => emails))
  }

  it.each([2, 3])(
    'never plan more for a day than the limit: %d of them, each with a batch of its own',
    async (many) => {
      const drafts: string[] = []
      for (let i = 0; i < many; i++) drafts.push((await createOutreach(engine, { leads: 10, days: [0, 1] })).id)
      // Each start closes the gate last: held here, none can commit before all of them have begun.
      const gate = await holdSendGate(engine.deps.sql)
      const starts = Promise.allSettled(drafts.map(start))
      await eventually(async () => (await waiting()) === many, `${many} starts wait`)
      await gate.release()
      expect((await starts).map(({ status }) => status)).toEqual(drafts.map(() => 'fulfilled'))
      expect(await mostOnADay()).toBe(LIMIT)
      for (const id of drafts) expect(await readLedger(engine, id)).toMatchObject({ planned: 20, pending: 20 })
    },
  )

  it('whose mailboxes cross, while others pause, resume, retry and send from them, all get through', async () => {
    const one = await engine.db.mailbox.findFirstOrThrow()
    const { id: _id, ...copy } = one
    const two = await engine.db.mailbox.create({ data: { ...copy, name: 'Two', fromEmail: 'two@nexa.example' } })
    const drafts: string[] = []
    for (const mailboxIds of [[one.id, two.id], [two.id, one.id], [two.id], [one.id]]) {
      const { id } = await createOutreach(engine, { leads: 10, days: [0, 1] })
      await engine.db.campaignMailbox.createMany({
        data: mailboxIds.map((mailboxId) => ({ campaignId: id, mailboxId })),
      })
      drafts.push(id)
    }
    const running = await startOutreach(engine, { leads: 10, days: [0, 1], name: 'Running' })
    const paused = await startOutreach(engine, { leads: 10, days: [0, 1], name: 'Paused' })
    const failing = await startOutreach(engine, { leads: 10, days: [0, 1], name: 'Failing' })
    await pauseCampaign(engine.deps, { campaignId: paused.id, by: BY })
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: failing.id, workflowStepNumber: 1 },
      data: { status: 'failed', failedAt: engine.clock.now(), failureReason: '550 no' },
    })
    await engine.db.campaign.update({ where: { id: failing.id }, data: { emailsFailedCount: 10 } })
    const at = { campaignId: running.id, by: BY }
    const ended = await Promise.allSettled([
      ...drafts.map(start),
      pauseCampaign(engine.deps, at),
      resumeCampaign(engine.deps, { campaignId: paused.id, by: BY }),
      retryFailed(engine.deps, { campaignId: failing.id, by: BY }),
      engine.work(),
    ])
    expect(ended.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))).toEqual([])
    for (const id of drafts) expect(await readLedger(engine, id)).toMatchObject({ planned: 20 })
  })
})
