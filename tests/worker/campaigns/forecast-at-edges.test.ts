import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localDate } from '@/domain/time/local-time'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { BY, createEngine, createOutreach, type Engine, statusOf } from '../../support/engine'

const BERLIN = 'Europe/Berlin'
const MINUTE_MS = 60_000

describe('the forecast of a campaign whose emails are due just before a day ends, or when clocks change', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  /** Ticks on the minute, each some seconds late as work is, wherever something may leave. */
  async function sendAll(id: string, zone: string) {
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advance(4_000)
    for (let tick = 0; (await statusOf(engine, id)) === 'running' && tick < 500; tick++) {
      await engine.work()
      const { _min } = await engine.db.scheduledEmail.aggregate({
        where: { campaignId: id, status: 'pending' },
        _min: { scheduledFor: true },
      })
      const next = Math.max(_min.scheduledFor?.getTime() ?? 0, engine.clock.now().getTime() + 1)
      engine.clock.set(new Date(Math.ceil(next / MINUTE_MS) * MINUTE_MS + 1_000 + (tick % 4) * 1_000))
    }
    const days: Record<string, number> = {}
    for (const { sentAt } of await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })) {
      const day = localDate(sentAt ?? new Date(0), zone)
      days[day] = (days[day] ?? 0) + 1
    }
    return days
  }
  const forecastOf = async (id: string) => {
    const { days } = await forecastCampaign(engine.deps, { campaignId: id })
    return Object.fromEntries(days.map(({ day, total }) => [day, total]))
  }

  it('equals what then happens: started half a minute before midnight, one email a day, 10 leads, 3 steps', async () => {
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 1 } })
    engine.clock.set('2026-03-02T23:59:30Z')
    const { id } = await createOutreach(engine, { leads: 10, days: [0, 1, 1] })
    const forecast = await forecastOf(id)
    expect(Object.values(forecast)).toEqual(Array.from({ length: 30 }, () => 1))
    expect(await sendAll(id, 'UTC')).toEqual(forecast)
  })

  it.each([
    ['10:00, around the clock', '2026-03-27T09:00:00Z', 0, 1440],
    ['16:30, with a window until 17:00', '2026-03-27T15:30:00Z', 540, 1020],
    ['23:30, around the clock', '2026-03-27T22:30:00Z', 0, 1440],
  ])('equals what then happens when the clocks are set forward: due at %s', async (_title, start, from, until) => {
    const window = { timezone: BERLIN, windowStartMinute: from, windowEndMinute: until, dailyLimit: 4 }
    await engine.db.mailbox.updateMany({ data: window })
    engine.clock.set(start)
    const { id } = await createOutreach(engine, { leads: 8, days: [0, 1, 1, 1], timezone: BERLIN })
    const forecast = await forecastOf(id)
    const days = await sendAll(id, BERLIN)
    expect(days).toEqual(forecast)
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId: id },
      orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
    })
    expect(emails.filter(({ status }) => status === 'sent')).toHaveLength(32)
  })
})
