import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

const NEW_YORK = 'America/New_York'

describe('a daily limit, while it is today in New York and tomorrow in UTC', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
    engine.clock.set('2026-03-02T20:00:00Z')
  })
  afterEach(() => engine.close())

  /** Two of six emails are due at once, four at 21:00 in New York; the limit of two comes after the plan. */
  async function startSix(timezone: string) {
    const { id } = await startOutreach(engine, { leads: 6, days: [0], timezone })
    const late = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, skip: 2 })
    await engine.db.scheduledEmail.updateMany({
      where: { id: { in: late.map((email) => email.id) } },
      data: { scheduledFor: new Date('2026-03-03T02:00:00Z') },
    })
    return id
  }
  async function sentAt(id: string, at: string) {
    engine.clock.set(at)
    await engine.work()
    return (await readLedger(engine, id)).sent
  }

  it("of a campaign there is used up until the campaign's midnight", async () => {
    const id = await startSix(NEW_YORK)
    await engine.db.campaign.update({ where: { id }, data: { dailyLimit: 2 } })
    expect(await sentAt(id, '2026-03-02T20:00:00Z')).toBe(2)
    expect(await sentAt(id, '2026-03-03T02:00:00Z')).toBe(2)
    expect(await sentAt(id, '2026-03-03T04:59:00Z')).toBe(2)
    expect(await sentAt(id, '2026-03-03T05:00:00Z')).toBe(4)
  })

  it("of a mailbox there is used up until the mailbox's midnight, whatever the campaign's day", async () => {
    const id = await startSix('UTC')
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 2, timezone: NEW_YORK } })
    expect(await sentAt(id, '2026-03-02T20:00:00Z')).toBe(2)
    expect(await sentAt(id, '2026-03-03T02:00:00Z')).toBe(2)
    expect(await sentAt(id, '2026-03-03T05:00:00Z')).toBe(4)
  })
})
