import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { transaction } from '@/db/sql'
import { EMAIL_STATUSES, ledgerOf, nothingLeft } from '@/domain/campaign/progress'
import { DAY_MS } from '@/domain/time/duration'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'
import { resumeShift } from '../../support/resume-shift'

/** Rules that the domain says and a set-based statement carries out: both must say the same. */
describe('rules that live in the domain and in SQL', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('a resume moves each lead by what the domain says', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3 })
    const now = engine.clock.now()
    const minutes = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 9, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(minutes, async (offsets) => {
        const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { id: 'asc' } })
        const before = emails.map((email, i) => ({
          ...email,
          due: new Date(now.getTime() + (offsets[i] ?? 0) * 60_000),
        }))
        for (const { id: emailId, due } of before) {
          await engine.db.scheduledEmail.update({ where: { id: emailId }, data: { scheduledFor: due } })
        }
        await transaction(engine.deps.sql, (tx) => shiftOverdue(tx, id, now))
        for (const lead of leads) {
          const own = before.filter(({ leadId }) => leadId === lead.id)
          const shift = resumeShift(
            own.map(({ due }) => due),
            now,
          )
          for (const { id: emailId, due } of own) {
            const { scheduledFor } = await engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: emailId } })
            expect(scheduledFor.getTime()).toBe(due.getTime() + shift)
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  it("a plan counts what other campaigns have planned against the mailbox's limit, overdue mail as today's", async () => {
    const { id: mailboxId } = await engine.db.mailbox.update({
      where: { id: (await engine.db.mailbox.findFirstOrThrow()).id },
      data: { dailyLimit: 10 },
    })
    await engine.db.scheduledEmail.deleteMany()
    const other = await startOutreach(engine, { leads: 7, days: [0, 1] })
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: other.id, workflowStepNumber: 1 },
      data: { scheduledFor: new Date(engine.clock.now().getTime() - 2 * DAY_MS) },
    })
    const { id } = await createOutreach(engine, { leads: 8, days: [0] })
    // What a paused or failed campaign has planned leaves after its resume; what is over has nothing planned.
    for (const [status, totals] of [
      ['running', [3, 3, 2]],
      ['paused', [3, 3, 2]],
      ['failed', [3, 3, 2]],
      ['completed', [8]],
    ] as const) {
      await engine.db.campaign.update({ where: { id: other.id }, data: { status } })
      const { days } = await forecastCampaign(engine.deps, { campaignId: id })
      expect([status, days.map(({ total }) => total)]).toEqual([status, totals])
    }
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit: null } })
  })

  it('a start plans exactly the leads that it counts as eligible, each for every step, whoever stands first', async () => {
    const { id, leads } = await createOutreach(engine, { leads: 6, days: [0, 1] })
    const [unsubscribed, suppressed, ...eligible] = leads.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    await engine.db.lead.update({ where: { id: unsubscribed?.id ?? '' }, data: { status: 'unsubscribed' } })
    await engine.db.suppression.create({
      data: { kind: 'address', value: suppressed?.email ?? '', reason: 'manual', source: 'test' },
    })
    const started = await startCampaign(engine.deps, { campaignId: id, by: BY })
    expect(started).toMatchObject({
      emailsScheduled: 8,
      leadsTargeted: 4,
      leadsLeftOut: [
        { reason: 'suppressed', count: 1 },
        { reason: 'unsubscribed', count: 1 },
      ],
    })
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId: id },
      orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
    })
    expect(emails.map(({ leadId, workflowStepNumber }) => [leadId, workflowStepNumber])).toEqual(
      eligible.flatMap((lead) => [
        [lead.id, 1],
        [lead.id, 2],
      ]),
    )
  })

  it.each(EMAIL_STATUSES)(
    'a campaign whose email is %s completes exactly when the domain says that nothing is left',
    async (status) => {
      const { id } = await startOutreach(engine, { leads: 1, days: [0] })
      await engine.pool.query(
        `UPDATE scheduled_emails SET status = $2, lease_until = CASE WHEN $2 = 'sending' THEN now() END WHERE campaign_id = $1`,
        [id, status],
      )
      const completed = await completeCampaigns(engine.deps, [id])
      expect(completed.includes(id)).toBe(nothingLeft(ledgerOf([{ status, count: 1 }])))
    },
  )
})
