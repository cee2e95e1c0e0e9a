import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localDate, zoned } from '@/domain/time/local-time'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { BY, createEngine, createOutreach, type Engine, readLedger, statusOf } from '../../support/engine'

const ZONE = 'Europe/Berlin'

describe('the forecast', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('equals what then happens: 400 leads, 3 steps, 50 a day, office hours, started on a Thursday', async () => {
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    await engine.db.mailbox.update({
      where: { id: mailboxId },
      data: {
        dailyLimit: 50,
        timezone: ZONE,
        windowDays: [1, 2, 3, 4, 5],
        windowStartMinute: 540,
        windowEndMinute: 1020,
      },
    })
    engine.clock.set('2026-11-19T09:30:00Z')
    const { id } = await createOutreach(engine, { leads: 400, timezone: ZONE })
    const forecast = await forecastCampaign(engine.deps, { campaignId: id })
    expect(forecast.emails).toBe(1200)
    await startCampaign(engine.deps, { campaignId: id, by: BY })

    const startedOn = localDate(engine.clock.now(), ZONE)
    while ((await statusOf(engine, id)) === 'running') {
      await engine.work()
      const { _min } = await engine.db.scheduledEmail.aggregate({
        where: { campaignId: id, status: 'pending' },
        _min: { scheduledFor: true },
      })
      // A worker looks every minute: half an hour at the most, or straight to the next thing due.
      const next = _min.scheduledFor?.getTime() ?? 0
      engine.clock.set(new Date(Math.max(next, engine.clock.now().getTime() + 60_000)))
      expect(engine.clock.now() < new Date('2027-03-01')).toBe(true)
    }

    const sent = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    const days = new Map<string, { day: string; total: number; byStep: Record<number, number> }>()
    for (const { sentAt, workflowStepNumber: step } of sent) {
      const at = zoned(sentAt ?? new Date(0), ZONE)
      expect(at.dayOfWeek).toBeLessThanOrEqual(5)
      expect(at.hour).toBeGreaterThanOrEqual(9)
      expect(at.hour).toBeLessThan(17)
      const day = at.toPlainDate().toString()
      const entry = days.get(day) ?? { day, total: 0, byStep: {} }
      entry.total++
      entry.byStep[step] = (entry.byStep[step] ?? 0) + 1
      days.set(day, entry)
    }
    const happened = [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
    expect(happened).toEqual(forecast.days)
    expect(Math.max(...happened.map(({ total }) => total))).toBeLessThanOrEqual(50)
    expect(happened[0]?.day).toBe(startedOn)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 1200, sent: 1200 })
    expect(await statusOf(engine, id)).toBe('completed')
  }, 180_000)
})
