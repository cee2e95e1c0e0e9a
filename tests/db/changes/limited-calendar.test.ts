import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { previewChange } from '@/use-cases/changes/preview-change'
import { beginAnew, presentSteps, withBase } from '../../support/changes'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine))

const LEADS = 5
const total = (byStep: Record<number, number>) => Object.values(byStep).reduce((sum, emails) => sum + emails, 0)

/** The calendar with one more step, a day after the first, which all leads have got. */
async function calendar() {
  // Of what is due at the same moment the older campaign's leaves first.
  const other = await startOutreach(engine, { leads: 1, days: [0, 1] })
  const { id } = await startOutreach(engine, { leads: LEADS, days: [0] })
  await engine.work()
  await engine.pool.query(`UPDATE campaigns SET status = 'running' WHERE id = ANY($1)`, [[id, other.id]])
  return async () => {
    const [first] = await presentSteps(engine.deps, id)
    if (!first) throw new Error('The campaign has a step')
    const steps = [first, { ...first, was: null, daysAfterPrevious: 1 }]
    const { days } = await previewChange(engine.deps, {
      campaignId: id,
      change: await withBase(engine.deps, id, { steps }),
    })
    return days.map(({ day, after }) => [day, total(after)])
  }
}

describe('the calendar of a change', () => {
  it('shows what is added when it leaves: under the daily limit, beside what other campaigns have planned', async () => {
    const planned = await calendar()
    expect(await planned()).toEqual([['2026-03-03', LEADS]])
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    expect(await planned()).toEqual([
      ['2026-03-03', 2],
      ['2026-03-04', 3],
    ])
    await engine.db.campaign.updateMany({ data: { dailyLimit: 2 } })
    expect(await planned()).toEqual([
      ['2026-03-03', 2],
      ['2026-03-04', 2],
      ['2026-03-05', 1],
    ])
  })
})
