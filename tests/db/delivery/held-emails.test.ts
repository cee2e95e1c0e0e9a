import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const SENDING = `UPDATE scheduled_emails SET status = 'sending', lease_until = now() - interval '1 second' WHERE campaign_id = $1`

describe('emails whose worker is gone', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('are held with the reason, and each campaign tells how many', async () => {
    const two = await startOutreach(engine, { leads: 2, days: [0] })
    const one = await startOutreach(engine, { leads: 1, days: [0] })
    await engine.pool.query(SENDING, [two.id])
    await engine.pool.query(SENDING, [one.id])
    expect(await holdExpiredLeases(engine.deps)).toBe(3)
    expect(await holdExpiredLeases(engine.deps)).toBe(0)
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: { in: [two.id, one.id] } } })
    expect(emails.map(({ status, failureReason, heldAt }) => [status, failureReason, heldAt])).toEqual(
      Array(3).fill(['held', 'The worker stopped while this email was on the wire.', engine.clock.now()]),
    )
    const events = await engine.db.campaignEvent.findMany({ where: { kind: 'held' }, orderBy: { message: 'asc' } })
    expect(events.map(({ campaignId, at, message, details }) => [campaignId, at, message, details])).toEqual([
      [one.id, engine.clock.now(), '1 email held: delivery unknown', { emails: 1 }],
      [two.id, engine.clock.now(), '2 emails held: delivery unknown', { emails: 2 }],
    ])
  })

  it('stay as they are while their lease lasts', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0] })
    await engine.pool.query(SENDING.replace('- interval', '+ interval').replace('1 second', '1 hour'), [id])
    expect(await holdExpiredLeases(engine.deps)).toBe(0)
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: id, status: 'sending' } })).toBe(1)
  })
})
