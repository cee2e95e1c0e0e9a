import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localDate } from '@/domain/time/local-time'
import { checkCampaign } from '@/use-cases/campaigns/check-campaign'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { getProgress } from '@/use-cases/progress/get-progress'
import { BY, createEngine, createOutreach, type Engine, statusOf } from '../../support/engine'

const ZONE = 'Europe/Berlin'
const OFFICE = { timezone: ZONE, windowDays: [1, 2, 3, 4, 5], windowStartMinute: 540, windowEndMinute: 1020 }
const MINUTE_MS = 60_000

describe('the forecast of mailboxes that keep a gap', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
    engine.clock.set('2026-11-30T13:04:00Z')
  })
  afterEach(() => engine.close())

  /** A worker's ticks, each some seconds late as ticks are, where something may leave. Returns emails by local day. */
  async function sendAll(id: string, until: string): Promise<Record<string, number>> {
    for (let tick = 0; (await statusOf(engine, id)) === 'running'; tick++) {
      await engine.work()
      const { _min } = await engine.db.scheduledEmail.aggregate({
        where: { campaignId: id, status: 'pending' },
        _min: { scheduledFor: true },
      })
      const next = Math.max(_min.scheduledFor?.getTime() ?? 0, engine.clock.now().getTime() + MINUTE_MS)
      const onTheMinute = Math.ceil(next / MINUTE_MS) * MINUTE_MS
      engine.clock.set(new Date(onTheMinute + (tick % 5) * 1000))
      expect(engine.clock.now() < new Date(until)).toBe(true)
    }
    const sent = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    const days: Record<string, number> = {}
    for (const { sentAt } of sent) {
      const day = localDate(sentAt ?? new Date(0), ZONE)
      days[day] = (days[day] ?? 0) + 1
    }
    return days
  }
  const byDay = (days: readonly { day: string; total: number }[]) =>
    Object.fromEntries(days.map(({ day, total }) => [day, total]))

  it('is what then leaves, day by day: 50 leads, 3 steps, two mailboxes of which one has a gap of 10 minutes', async () => {
    const first = await engine.db.mailbox.findFirstOrThrow()
    const { id: _id, ...copy } = await engine.db.mailbox.update({
      where: { id: first.id },
      data: { ...OFFICE, windowEndMinute: 720, dailyLimit: 40 },
    })
    const slow = await engine.db.mailbox.create({
      data: { ...copy, name: 'Slow', fromEmail: 'slow@nexa.example', minGapSeconds: 600 },
    })
    const { id } = await createOutreach(engine, { leads: 50, days: [0, 1, 2], timezone: ZONE })
    const mailboxIds = [first.id, slow.id]
    await engine.db.campaignMailbox.createMany({ data: mailboxIds.map((mailboxId) => ({ campaignId: id, mailboxId })) })
    engine.clock.set('2026-11-30T09:04:00Z')
    const forecast = await forecastCampaign(engine.deps, { campaignId: id })
    expect(forecast.emails).toBe(150)
    expect(forecast.days.length).toBeGreaterThan(3)
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await sendAll(id, '2027-01-31')).toEqual(byDay(forecast.days))
  }, 240_000)

  it('and the expected end tell the same: 20 leads, 16 a day, started when 5 still fit', async () => {
    await engine.db.mailbox.updateMany({ data: { ...OFFICE, minGapSeconds: 1800, dailyLimit: 200 } })
    const { id } = await createOutreach(engine, { leads: 20, days: [0, 1, 2], timezone: ZONE })
    engine.clock.set('2026-11-30T13:04:00Z')
    const forecast = await forecastCampaign(engine.deps, { campaignId: id })
    expect(byDay(forecast.days)['2026-11-30']).toBe(5)
    expect(forecast.lastOfDay['2026-11-30']).toEqual(new Date('2026-11-30T15:04:00Z'))
    const { checks } = await checkCampaign(engine.deps, { campaignId: id })
    expect(checks.find(({ subject }) => subject === 'pace')).toMatchObject({
      kind: 'gap_sets_pace',
      level: 'warn',
      perDay: 16,
      days: 4,
    })
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    const { expectedEnd, endIsAbout, mailboxes } = await getProgress(engine.deps, { campaignId: id })
    expect([expectedEnd, endIsAbout]).toEqual([forecast.lastAt, true])
    expect(mailboxes[0]?.capacity).toEqual({ perDay: 16, setBy: 'gap', fitting: 16 })
    expect(await sendAll(id, '2027-01-31')).toEqual(byDay(forecast.days))
  }, 240_000)

  it('counts what other campaigns have planned from the mailbox, one email after the other', async () => {
    await engine.db.mailbox.updateMany({ data: { ...OFFICE, minGapSeconds: 1800, dailyLimit: 200 } })
    engine.clock.set('2026-11-30T08:00:00Z')
    const other = await createOutreach(engine, { leads: 10, days: [0, 1], timezone: ZONE, name: 'Other' })
    await startCampaign(engine.deps, { campaignId: other.id, by: BY })
    const { id } = await createOutreach(engine, { leads: 10, days: [0, 1], timezone: ZONE })
    const { days } = await forecastCampaign(engine.deps, { campaignId: id })
    expect(days.map(({ day, byStep }) => [day, byStep])).toEqual([
      ['2026-11-30', { 1: 6 }],
      ['2026-12-01', { 2: 6 }],
      ['2026-12-02', { 1: 4 }],
      ['2026-12-03', { 2: 4 }],
    ])
  })

  it('one email a Monday: warned of before the start, and its last one expected in 200 weeks', async () => {
    const monday = { timezone: 'UTC', windowDays: [1], windowStartMinute: 540, windowEndMinute: 541, minGapSeconds: 60 }
    await engine.db.mailbox.updateMany({ data: monday })
    const { id } = await createOutreach(engine, { leads: 100, days: [0, 1] })
    const { checks } = await checkCampaign(engine.deps, { campaignId: id })
    expect(checks.find(({ subject }) => subject === 'pace')).toMatchObject({
      kind: 'gap_sets_pace',
      perDay: 1,
      days: 200,
      weeks: 200,
    })
    const forecast = await forecastCampaign(engine.deps, { campaignId: id })
    expect([forecast.days.length, new Set(forecast.days.map(({ total }) => total))]).toEqual([200, new Set([1])])
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    expect((await getProgress(engine.deps, { campaignId: id })).expectedEnd).toEqual(forecast.lastAt)
  })

  it('is refused, as the start is, where it would take more than ten years', async () => {
    const monday = { timezone: 'UTC', windowDays: [1], windowStartMinute: 540, windowEndMinute: 541, minGapSeconds: 60 }
    await engine.db.mailbox.updateMany({ data: monday })
    const { id } = await createOutreach(engine, { leads: 300, days: [0, 1] })
    await expect(forecastCampaign(engine.deps, { campaignId: id })).rejects.toMatchObject({ code: 'not_ready' })
    await expect(startCampaign(engine.deps, { campaignId: id, by: BY })).rejects.toThrow(
      "can't start: The campaign would take more than ten years. Nothing was changed.",
    )
    expect(await statusOf(engine, id)).toBe('draft')
  })
})
