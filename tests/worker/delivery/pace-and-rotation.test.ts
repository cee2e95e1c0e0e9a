import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { resolveHeldBySetting } from '@/use-cases/delivery/resolve-held'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import {
  BY,
  createBatch,
  createEngine,
  createWorkflow,
  type Engine,
  readLedger,
  startOutreach,
} from '../../support/engine'

const HOUR_MS = 3_600_000
const MAILBOX = { name: 'M', kind: 'environment', fromName: 'Ada', fromEmail: 'ada@nexa.example' } as const

describe('limits, pace, windows and rotation', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())
  const mailboxId = async () => (await engine.db.mailbox.findFirstOrThrow()).id

  it('follow-ups leave before first emails when the limit is short', async () => {
    const earlier = await startOutreach(engine, { leads: 6, days: [0, 1], name: 'Earlier' })
    await engine.work()
    engine.clock.advanceDays(1)
    // Started a minute before the follow-ups are due, and so first in line by time.
    const later = await startOutreach(engine, { leads: 6, days: [0], name: 'Later' })
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: later.id },
      data: { scheduledFor: new Date(engine.clock.now().getTime() - 60_000) },
    })
    await engine.db.mailbox.update({ where: { id: await mailboxId() }, data: { dailyLimit: 8 } })
    await engine.work()
    expect(await readLedger(engine, earlier.id)).toMatchObject({ sent: 12 })
    expect(await readLedger(engine, later.id)).toMatchObject({ sent: 2, pending: 4 })
  })

  it('keeps at least the gap between two emails, and at most the jitter more', async () => {
    const [gap, jitter] = [120, 60]
    const id = await mailboxId()
    await engine.db.mailbox.update({ where: { id }, data: { minGapSeconds: gap, gapJitterSeconds: jitter } })
    await startOutreach(engine, { leads: 8, days: [0] })
    const gaps: number[] = []
    for (let sent = 1; sent <= 8; sent++) {
      await engine.work()
      expect(engine.sink.received).toHaveLength(sent)
      const { nextSendAt } = await engine.db.mailbox.findUniqueOrThrow({ where: { id } })
      gaps.push((Number(nextSendAt) - engine.clock.now().getTime()) / 1000)
      // Longer before than a sender waits by itself: neither the tick nor a job that was asked for too early sends.
      engine.clock.set(new Date(Number(nextSendAt) - 41_000))
      await engine.work()
      expect(await sendMailbox(engine.deps, { mailboxId: id })).toEqual({ sent: 0, other: 0 })
      engine.clock.set(nextSendAt ?? new Date(0))
    }
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(gap)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(gap + jitter)
    expect(new Set(gaps).size).toBeGreaterThan(1)
  })

  it('shares leads out in proportion to the limits, and keeps each with its mailbox for all steps', async () => {
    const one = await createMailbox(engine.deps, mailboxInput.parse({ ...MAILBOX, dailyLimit: 30 }))
    const two = await createMailbox(
      engine.deps,
      mailboxInput.parse({ ...MAILBOX, fromEmail: 'bob@nexa.example', dailyLimit: 10 }),
    )
    const { batch } = await createBatch(engine, { leads: 40 })
    const workflow = await createWorkflow(engine, { days: [0, 1] })
    const { id } = await createCampaign(engine.deps, {
      campaignType: 'outreach',
      name: 'Two senders',
      batchIds: [batch.id],
      workflowId: workflow.id,
      mailboxIds: [one.id, two.id],
      by: BY,
    })
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    for (let day = 0; day < 2; day++) {
      await engine.work()
      engine.clock.advanceDays(1)
    }
    const from = Map.groupBy(engine.sink.received, (email) => email.from)
    expect([from.get('ada@nexa.example')?.length, from.get('bob@nexa.example')?.length]).toEqual([60, 20])
    for (const [, emails] of Map.groupBy(engine.sink.received, ({ to }) => to)) {
      expect(new Set(emails.map((email) => email.from)).size).toBe(1)
      expect(emails).toHaveLength(2)
    }
  })

  it('sends nothing on a holiday, nor outside the hours, and refuses a window that never opens', async () => {
    const window = {
      timezone: 'Europe/Berlin',
      windowDays: [1, 2, 3, 4, 5],
      windowStartMinute: 540,
      windowEndMinute: 600,
    }
    const mailbox = mailboxInput.parse({ ...MAILBOX, ...window, holidays: ['2026-03-03', '2026-03-04'] })
    await updateMailbox(engine.deps, { mailboxId: await mailboxId(), mailbox })
    expect((await listMailboxes(engine.deps))[0]?.holidays).toEqual(['2026-03-03', '2026-03-04'])
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    for (let hour = 0; hour < 24 * 6; hour++) {
      await engine.work()
      engine.clock.advance(HOUR_MS / 2)
      await engine.work()
      engine.clock.advance(HOUR_MS / 2)
    }
    const sent = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { sentAt: 'asc' } })
    // Monday 10:00 in Berlin is closing time, so the first opening is Thursday.
    expect([...new Set(sent.map(({ sentAt }) => sentAt?.toISOString()))]).toEqual([
      '2026-03-05T08:00:00.000Z',
      '2026-03-06T08:00:00.000Z',
    ])
    const mondays = Array.from({ length: 120 }, (_, week) =>
      new Date(Date.parse('2026-03-02') + week * 7 * 24 * HOUR_MS).toISOString().slice(0, 10),
    )
    await expect(
      updateMailbox(engine.deps, {
        mailboxId: await mailboxId(),
        mailbox: { ...mailbox, windowDays: [1], holidays: mondays },
      }),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it.each([
    ['delivered', 72, { sent: 1, held: 0, pending: 1 }],
    ['again', 5, { sent: 0, held: 0, pending: 2 }],
    ['delivered', 0, { sent: 0, held: 1, pending: 1 }],
  ])('a held mail is decided by the setting: %s after %d hours (0: never)', async (heldResolution, hours, ledger) => {
    await engine.db.settings.update({ where: { id: 1 }, data: { heldResolution, heldResolveAfterHours: hours } })
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 30] })
    engine.sink.behave = () => ({ at: 'data', drop: true })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ held: 1, pending: 1 })
    engine.clock.advance((hours || 700) * HOUR_MS - 1000)
    await resolveHeldBySetting(engine.deps)
    expect(await readLedger(engine, id)).toMatchObject({ held: 1 })
    engine.clock.advance(1000)
    await resolveHeldBySetting(engine.deps)
    expect(await readLedger(engine, id)).toMatchObject(ledger)
  })
})
