import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StepCount } from '@/db/queries/progress/select-ledger'
import { selectDays, selectLedgers, selectStepCounts } from '@/db/queries/progress/select-ledger'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

const ZONE = 'America/New_York'
const dayOf = (at?: Date) => at?.toLocaleDateString('sv', { timeZone: ZONE })

/** Counted over the rows themselves: what the kept counts must equal. */
const OVER_ROWS = {
  steps: `SELECT workflow_step_number AS "stepNumber", status, count(*)::int AS count FROM scheduled_emails
          WHERE campaign_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
  days: `SELECT to_char(COALESCE(sent_at, scheduled_for) AT TIME ZONE '${ZONE}', 'YYYY-MM-DD') AS day, count(*)::int AS planned,
                (count(*) FILTER (WHERE status = 'sent'))::int AS sent,
                (count(*) FILTER (WHERE status = 'failed'))::int AS failed
         FROM scheduled_emails WHERE campaign_id = $1 AND status NOT IN ('skipped', 'cancelled') GROUP BY 1 ORDER BY 1`,
  span: `SELECT min(scheduled_for) AS first, max(scheduled_for) AS last FROM scheduled_emails WHERE campaign_id = $1`,
  spans: `SELECT workflow_step_number AS "stepNumber", status, min(scheduled_for) AS "firstAt", max(scheduled_for) AS "lastAt"
          FROM scheduled_emails WHERE campaign_id = $1 AND status <> 'sent' GROUP BY 1, 2`,
}

describe('kept counts of planned emails', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  const over = async (sql: string, id: string) => (await engine.pool.query(sql, [id])).rows
  const kept = async (id: string) => {
    const steps = await selectStepCounts(engine.deps.sql, id)
    const sorted = steps
      .filter(({ count }) => count > 0)
      .map(({ stepNumber, status, count }) => ({ stepNumber, status, count }))
      .sort((a, b) => a.stepNumber - b.stepNumber || a.status.localeCompare(b.status))
    return { steps: sorted, days: await selectDays(engine.deps.sql, id) }
  }
  const expectTrue = async (id: string) => {
    const { steps, days } = await kept(id)
    expect(steps).toEqual(await over(OVER_ROWS.steps, id))
    expect(days).toEqual(await over(OVER_ROWS.days, id))
    await expectSpansTrue(id)
  }
  // Of what was not sent; by the local day: an email that moved within one counts with the time that it had.
  const expectSpansTrue = async (id: string) => {
    const steps = await selectStepCounts(engine.deps.sql, id)
    for (const truth of (await over(OVER_ROWS.spans, id)) as StepCount[]) {
      const span = steps.find((one) => one.stepNumber === truth.stepNumber && one.status === truth.status)
      expect([span?.firstAt, span?.lastAt].map(dayOf)).toEqual([truth.firstAt, truth.lastAt].map(dayOf))
    }
  }

  it('equal the rows after anything that can happen to them, folded or not', async () => {
    const { id } = await startOutreach(engine, { leads: 12, days: [0, 1, 2], timezone: ZONE })
    const [span] = await over(OVER_ROWS.span, id)
    const steps = await selectStepCounts(engine.deps.sql, id)
    expect(Math.min(...steps.map(({ firstAt }) => firstAt.getTime()))).toBe(span.first.getTime())
    expect(Math.max(...steps.map(({ lastAt }) => lastAt.getTime()))).toBe(span.last.getTime())
    const some = `(SELECT id FROM scheduled_emails WHERE campaign_id = $1 AND lease_until IS NULL ORDER BY md5(id::text || $2) LIMIT 5)`
    const changes = fc.oneof(
      fc
        .constantFrom('skipped', 'cancelled', 'failed', 'pending', 'held')
        .map((status) => `UPDATE scheduled_emails SET status = '${status}', sent_at = NULL WHERE id IN ${some}`),
      fc.constant(
        `UPDATE scheduled_emails SET status = 'sent', sent_at = scheduled_for + interval '3 hours' WHERE id IN ${some}`,
      ),
      fc
        .integer({ min: -60, max: 60 })
        .map(
          (hours) =>
            `UPDATE scheduled_emails SET scheduled_for = scheduled_for + interval '${hours} hours' WHERE id IN ${some}`,
        ),
      fc.constant(
        `DELETE FROM scheduled_emails WHERE id IN (SELECT id FROM scheduled_emails WHERE campaign_id = $1 ORDER BY md5(id::text || $2) LIMIT 1)`,
      ),
      fc.constant('fold'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 6 }), fc.string(), async (statements, salt) => {
        for (const statement of statements) {
          if (statement === 'fold') await rollUpCounts(engine.deps)
          else await engine.pool.query(statement, [id, `${salt}${statement}`.replaceAll('\0', '')])
        }
        await expectTrue(id)
      }),
      { numRuns: 25 },
    )
  })

  it('keep the span of a day through every fold, whichever of its emails changed last', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0], timezone: ZONE })
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { id: 'asc' } })
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 5, hour))
    const set = (i: number, data: { scheduledFor: Date } | { status: string }) =>
      engine.db.scheduledEmail.update({ where: { id: emails[i]?.id ?? '' }, data })
    for (const i of [0, 1, 2]) await set(i, { scheduledFor: at(15 + i) })
    await rollUpCounts(engine.deps)
    // The second fold knows of the email in the middle alone.
    await set(1, { status: 'skipped' })
    await rollUpCounts(engine.deps)
    const steps = await selectStepCounts(engine.deps.sql, id)
    expect(steps.find(({ status }) => status === 'pending')).toMatchObject({
      count: 2,
      firstAt: at(15),
      lastAt: at(17),
    })
    await expectTrue(id)
  })

  it('stay true while two ticks fold what ten others are changing', async () => {
    const { id } = await startOutreach(engine, { leads: 40, days: [0], timezone: ZONE })
    const change = (i: number) =>
      engine.pool.query(
        `UPDATE scheduled_emails SET status = 'skipped' WHERE campaign_id = $1 AND id IN
           (SELECT id FROM scheduled_emails WHERE campaign_id = $1 ORDER BY id OFFSET $2 LIMIT 4)`,
        [id, i * 4],
      )
    await Promise.all([
      ...Array.from({ length: 10 }, (_, i) => change(i)),
      ...Array.from({ length: 6 }, () => rollUpCounts(engine.deps)),
    ])
    await expectTrue(id)
    await rollUpCounts(engine.deps)
    await expectTrue(id)
    expect((await kept(id)).steps).toEqual([{ stepNumber: 1, status: 'skipped', count: 40 }])
    expect(await engine.db.scheduledEmailCountChange.count({ where: { campaignId: id } })).toBe(0)
  })

  it('go with their campaign', async () => {
    const { id } = await startOutreach(engine, { leads: 3 })
    const draft = await createOutreach(engine, { leads: 2 })
    await engine.db.campaign.delete({ where: { id } })
    await rollUpCounts(engine.deps)
    expect(await selectLedgers(engine.deps.sql, [id, draft.id])).toEqual([])
    expect(await engine.db.scheduledEmailCount.count({ where: { campaignId: id } })).toBe(0)
    expect(await engine.db.scheduledEmailCountChange.count({ where: { campaignId: id } })).toBe(0)
  })
})
