import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { planDueBatches } from '@/use-cases/lead-generation/plan-due-batches'
import { getProgress } from '@/use-cases/progress/get-progress'
import { BY, type Engine, readLedger, statusOf } from '../../support/engine'
import { ledgerFaults, openWithSources, runsOf, startAutomated, workAll } from '../../support/generation'

const HOUR_MS = 3_600_000
const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10)

describe('a fully automated campaign', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  it('runs daily for three days, emails each batch twice on its days, and runs in every gap with nothing pending', async () => {
    const id = await startAutomated(engine, { endDate: new Date('2026-03-04T12:00:00Z') })
    let gaps = 0
    for (let hour = 0; hour < 24 * 5; hour += 6) {
      await workAll(engine)
      const { pending, sending, held } = await readLedger(engine, id)
      const generation = (await getProgress(engine.deps, { campaignId: id })).generation
      const moreToCome = generation?.nextRunAt !== null || (generation?.upcoming.length ?? 0) > 0
      const open = pending + sending + held
      if (open === 0 && moreToCome) gaps++
      expect(await statusOf(engine, id)).toBe(open > 0 || moreToCome ? 'running' : 'completed')
      engine.clock.advance(6 * HOUR_MS)
    }
    expect(gaps).toBeGreaterThan(0)
    expect(await statusOf(engine, id)).toBe('completed')
    const runs = await runsOf(engine, id)
    expect(runs).toHaveLength(3)
    expect(await ledgerFaults(engine, id)).toEqual([])
    for (const [day, run] of runs.entries()) {
      const leads = await engine.db.lead.findMany({
        where: { batches: { some: { batchId: run.batch?.id ?? '' } } },
        include: { scheduledEmails: { orderBy: { workflowStepNumber: 'asc' } } },
      })
      expect(leads.length).toBeGreaterThan(0)
      for (const { scheduledEmails } of leads) {
        expect(scheduledEmails.map(({ status, sentAt }) => [status, dayOf(sentAt)])).toEqual([
          ['sent', `2026-03-0${3 + day}`],
          ['sent', `2026-03-0${4 + day}`],
        ])
      }
    }
    const campaign = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    const { planned } = await readLedger(engine, id)
    expect(campaign).toMatchObject({ emailsScheduledCount: planned, totalLeadsTargeted: planned / 2 })
    expect(await engine.db.leadBatch.count({ where: { activeCampaignId: { not: null } } })).toBe(0)
  })

  it('holds the batches of its runs, and does not complete between two runs whoever asks', async () => {
    const id = await startAutomated(engine, { outreachDelayDays: 3 })
    await workAll(engine)
    expect(await completeCampaigns(engine.deps, [id])).toEqual([])
    expect(await readLedger(engine, id)).toMatchObject({ planned: 0 })
    expect(await engine.db.leadBatch.findMany()).toMatchObject([{ activeCampaignId: id }])
    const { generation } = await getProgress(engine.deps, { campaignId: id })
    expect(generation?.upcoming).toMatchObject([{ leads: 10, outreachAt: new Date('2026-03-05T09:00:00Z') }])
  })

  it('plans a batch once, however many workers try', async () => {
    const id = await startAutomated(engine, { outreachDelayDays: 1, isRecurring: false, recurringInterval: null })
    await workAll(engine)
    engine.clock.advanceDays(1)
    await Promise.all([1, 2, 3, 4].map(() => planDueBatches(engine.deps)))
    expect(await readLedger(engine, id)).toMatchObject({ planned: 20, pending: 20 })
    expect(await engine.db.campaignEvent.count({ where: { campaignId: id, kind: 'planned' } })).toBe(1)
  })

  it('plans each batch around what it has planned already: the daily limit holds over all batches', async () => {
    const id = await startAutomated(engine, { outreachDelayDays: 0, dailyLimit: 12 })
    for (let day = 0; day < 3; day++) {
      await workAll(engine)
      engine.clock.advanceDays(1)
    }
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    expect(emails).toHaveLength(60)
    const byDay = new Map<string, number>()
    for (const { sentAt, scheduledFor } of emails) {
      const day = dayOf(sentAt ?? scheduledFor) ?? ''
      byDay.set(day, (byDay.get(day) ?? 0) + 1)
    }
    expect(Math.max(...byDay.values())).toBeLessThanOrEqual(12)
    for (const { leadId } of emails) {
      const [first, second] = emails
        .filter((email) => email.leadId === leadId)
        .sort((a, b) => +a.scheduledFor - +b.scheduledFor)
      expect(+(second?.scheduledFor ?? 0) - +(first?.scheduledFor ?? 0)).toBe(24 * HOUR_MS)
    }
  })

  it('leaves out who lacks what a template needs, and emails the rest', async () => {
    const id = await startAutomated(engine, {
      isRecurring: false,
      recurringInterval: null,
      body: 'As {{ job_title }} of {{ company_name }}',
    })
    await workAll(engine)
    const some = await engine.db.lead.findMany({ take: 3 })
    await engine.db.lead.updateMany({ where: { id: { in: some.map((lead) => lead.id) } }, data: { jobTitle: null } })
    engine.clock.advanceDays(1)
    await workAll(engine)
    const without = await engine.db.lead.count({ where: { jobTitle: null } })
    expect(await readLedger(engine, id)).toMatchObject({ planned: 2 * (10 - without) })
    const event = await engine.db.campaignEvent.findFirstOrThrow({ where: { campaignId: id, kind: 'planned' } })
    expect(event.message).toContain(`; ${without} left out, for whom an email cannot be made`)
  })

  it('pauses and says why when a template names no variable any more, and plans the batch once it does', async () => {
    const id = await startAutomated(engine, { isRecurring: false, recurringInterval: null })
    await workAll(engine)
    const { id: templateId, bodyText } = await engine.db.emailTemplate.findFirstOrThrow()
    await engine.db.emailTemplate.update({ where: { id: templateId }, data: { bodyText: 'Hello {{ compnay_name }}' } })
    engine.clock.advanceDays(1)
    await workAll(engine)
    const paused = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect(paused).toMatchObject({ status: 'paused', emailsScheduledCount: 0 })
    expect(paused.statusReason).toMatch(/^"compnay_name" in template "Step \d" is no variable/)
    await engine.db.emailTemplate.update({ where: { id: templateId }, data: { bodyText } })
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await workAll(engine)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 20, sent: 10 })
  })

  it('paused over a run and an outreach, catches up with one run and one plan; stopped, it cancels and frees all', async () => {
    const id = await startAutomated(engine)
    await workAll(engine)
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(5)
    await workAll(engine)
    expect(await runsOf(engine, id)).toHaveLength(1)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 0 })
    await resumeCampaign(engine.deps, { campaignId: id, by: BY })
    await workAll(engine)
    const runs = await runsOf(engine, id)
    expect(runs.map(({ missedRuns }) => missedRuns)).toEqual([0, 4])
    expect(await readLedger(engine, id)).toMatchObject({ planned: 20, sent: 10, pending: 10 })
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(3)
    await workAll(engine)
    expect(await statusOf(engine, id)).toBe('completed')
    expect(await readLedger(engine, id)).toMatchObject({ planned: 20, sent: 10, cancelled: 10 })
    expect(await runsOf(engine, id)).toHaveLength(2)
    expect(await engine.db.leadBatch.count({ where: { activeCampaignId: { not: null } } })).toBe(0)
  })
})
