import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '@/db/sql'
import { applyChange } from '@/use-cases/changes/apply-change'
import { withCalendar } from '@/use-cases/changes/calendar'
import { prepareChange } from '@/use-cases/changes/prepared-change'
import { previewChange } from '@/use-cases/changes/preview-change'
import { beginAnew, presentSteps, withBase } from '../../support/changes'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await beginAnew(engine)
  await engine.db.mailbox.updateMany({ data: { dailyLimit: null } })
})

const LEADS = 5
const total = (byStep: Record<number, number>) => Object.values(byStep).reduce((sum, emails) => sum + emails, 0)

/** A running campaign whose leads have got its only step, and the change that adds one a day later. */
async function oneMoreStep({ others = 1, status = 'running' } = {}) {
  // Of what is due at the same moment the older campaign's leaves first.
  const other = await startOutreach(engine, { leads: others, days: [0, 1] })
  const { id } = await startOutreach(engine, { leads: LEADS, days: [0] })
  await engine.work()
  await engine.db.campaign.update({ where: { id }, data: { status: 'running' } })
  await engine.pool.query('UPDATE campaigns SET status = $2 WHERE id = $1', [other.id, status])
  const [first] = await presentSteps(engine.deps, id)
  if (!first) throw new Error('The campaign has a step')
  const steps = [first, { ...first, was: null, daysAfterPrevious: 1 }]
  return { campaignId: id, change: await withBase(engine.deps, id, { steps }) }
}

/** What leaves with the change, by day. */
async function planned(asked: Awaited<ReturnType<typeof oneMoreStep>>) {
  const { days } = await previewChange(engine.deps, asked)
  return days.map(({ day, after }) => [day, total(after)])
}

describe('the calendar of a change', () => {
  it('shows what is added when it leaves: under the daily limit, beside what other campaigns have planned', async () => {
    const asked = await oneMoreStep()
    expect(await planned(asked)).toEqual([['2026-03-03', LEADS]])
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    expect(await planned(asked)).toEqual([
      ['2026-03-03', 2],
      ['2026-03-04', 3],
    ])
    await engine.db.campaign.updateMany({ data: { dailyLimit: 2 } })
    expect(await planned(asked)).toEqual([
      ['2026-03-03', 2],
      ['2026-03-04', 2],
      ['2026-03-05', 1],
    ])
  })
  it.each(['paused', 'failed'])('leaves out campaigns that are %s: nobody knows when they go on', async (status) => {
    const asked = await oneMoreStep({ others: 4, status })
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    expect(await planned(asked)).toEqual([
      ['2026-03-03', 3],
      ['2026-03-04', 2],
    ])
  })

  it('reads so many emails of other campaigns and no more, the next ones, and says how far they reach', async () => {
    const asked = await oneMoreStep({ others: 4 })
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    await engine.pool.query(`
      UPDATE scheduled_emails SET scheduled_for = scheduled_for + '1 day' WHERE status = 'pending' AND id IN (
        SELECT id FROM scheduled_emails WHERE status = 'pending' ORDER BY id LIMIT 3)`)
    const now = engine.clock.now()
    const prepared = await transaction(engine.deps.sql, (tx) => prepareChange(tx, engine.deps, { ...asked, now }))
    const calendarOf = async (most?: number) => {
      const { days, othersUntil } = await withCalendar(engine.deps.sql, prepared, now, most)
      return [days.map(({ day, after }) => [day, total(after)]), othersUntil?.toISOString().slice(0, 10) ?? null]
    }
    const days = [
      ['2026-03-03', 2],
      ['2026-03-04', 3],
    ]
    expect(await calendarOf()).toEqual([days, null])
    // The other three count on the day on which they are due.
    const booked = [
      ['2026-03-03', 2],
      ['2026-03-05', 3],
    ]
    expect(await calendarOf(1)).toEqual([booked, '2026-03-03'])
  })

  it('is worked out by the look alone: the change itself counts no days while emails wait for it', async () => {
    const asked = await oneMoreStep()
    await engine.db.mailbox.updateMany({ data: { dailyLimit: 3 } })
    const { mark } = await previewChange(engine.deps, asked)
    const client = await engine.pool.connect()
    // The calendar reads it, and nothing else that a change of the steps does.
    await client.query('BEGIN; LOCK TABLE mailbox_days IN ACCESS EXCLUSIVE MODE')
    const applying = applyChange(engine.deps, { ...asked, seen: mark, by: BY })
    const waits = await untilBlocked(engine.deps.sql, applying).then(
      () => true,
      () => false,
    )
    await client.query('COMMIT')
    client.release()
    expect(await applying).toMatchObject({ version: 2 })
    expect(waits).toBe(false)
  })
})
