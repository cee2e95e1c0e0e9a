import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { BY, createEngine, createOutreach, type Engine, startOutreach, statusOf } from '../../support/engine'

const HOUR_MS = 3_600_000

describe('a tick', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it('enqueues each mailbox with due email once, and none without', async () => {
    await startOutreach(engine, { leads: 2, days: [0] })
    const due = await engine.db.mailbox.findFirstOrThrow()
    const { id: _id, ...copy } = due
    await engine.db.mailbox.create({ data: { ...copy, fromEmail: 'idle@nexa.example' } })
    expect(await runTick(engine.deps)).toEqual({ mailboxes: 1 })
    expect(engine.woken).toEqual([due.id])
  })

  it('does the rest when one part fails', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0] })
    const done = await startOutreach(engine, { leads: 1, days: [0], name: 'Done' })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: done.id }, data: { status: 'cancelled' } })
    // Found by the part that comes before completion, and by the one that comes after.
    await engine.pool.query('ALTER TABLE lead_generation_calls RENAME TO hidden_calls')
    await engine.pool
      .query('ALTER TABLE scheduled_email_count_changes RENAME COLUMN emails TO hidden')
      .catch(() => null)
    expect(await runTick(engine.deps)).toEqual({ mailboxes: 1 })
    expect([await statusOf(engine, id), await statusOf(engine, done.id)]).toEqual(['running', 'completed'])
  })

  it('starts what is due, and puts back to draft with the reason what may not start', async () => {
    const startAt = new Date(engine.clock.now().getTime() + HOUR_MS)
    const good = await createOutreach(engine, { leads: 1, days: [0], name: 'Good' })
    const bad = await createOutreach(engine, { leads: 1, days: [0], name: 'Bad' })
    for (const { id } of [good, bad]) await scheduleCampaign(engine.deps, { campaignId: id, startAt, by: BY })
    await runTick(engine.deps)
    expect([await statusOf(engine, good.id), await statusOf(engine, bad.id)]).toEqual(['scheduled', 'scheduled'])
    await engine.db.lead.updateMany({
      where: { id: { in: bad.leads.map(({ id }) => id) } },
      data: { status: 'unsubscribed' },
    })
    engine.clock.advance(HOUR_MS)
    await runTick(engine.deps)
    expect([await statusOf(engine, good.id), await statusOf(engine, bad.id)]).toEqual(['running', 'draft'])
    const { statusReason } = await engine.db.campaign.findUniqueOrThrow({ where: { id: bad.id } })
    expect(statusReason).toMatch(/^The scheduled start was refused: /)
  })
})
