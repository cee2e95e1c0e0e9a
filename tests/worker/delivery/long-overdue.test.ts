import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rescheduleOverdue } from '@/use-cases/delivery/reschedule-overdue'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const DAY_MS = 86_400_000

describe('emails that are overdue', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it('by more than a day move with the later steps, by a day do not; what was sent keeps the time it had', async () => {
    const start = engine.clock.now().getTime()
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 1, 2] })
    await engine.work()
    const days = async () => {
      const emails = await engine.db.scheduledEmail.findMany({
        where: { campaignId: id },
        orderBy: { workflowStepNumber: 'asc' },
      })
      return emails.map(({ scheduledFor }) => (scheduledFor.getTime() - start) / DAY_MS)
    }
    engine.clock.advanceDays(2)
    await rescheduleOverdue(engine.deps)
    expect(await days()).toEqual([0, 1, 3])
    engine.clock.advanceDays(2)
    await rescheduleOverdue(engine.deps)
    expect(await days()).toEqual([0, 4, 6])
  })
})
