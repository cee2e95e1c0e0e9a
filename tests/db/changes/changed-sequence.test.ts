import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureDays, markSending } from '@/db/queries/delivery/mark-sending'
import { type DueEmail, selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { DAY_MS } from '@/domain/time/duration'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { listWorkflows } from '@/use-cases/workflows/list-workflows'
import { beginAnew, changeAsSeen, presentSteps } from '../../support/changes'
import {
  BY,
  createEngine,
  createOutreach,
  createWorkflow,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'

const START = '2026-03-02T09:00:00Z'
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine, START))

const dayOf = (at: Date) => Math.round((at.getTime() - Date.parse(START)) / DAY_MS)
const rowsOf = (campaignId: string) =>
  engine.db.scheduledEmail.findMany({
    where: { campaignId },
    orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
  })
/** Claims emails that were made at that time, as a worker does that has written them ahead. */
async function claim(made: readonly DueEmail[]) {
  const { sql, clock } = engine.deps
  const [{ mailboxId = '', campaignId = '', senderVersion = '' } = {}] = made
  const day = clock.now().toISOString().slice(0, 10)
  const days = { mailboxId, mailboxDay: day, campaignDays: [{ campaignId, day }] }
  await ensureDays(sql, days)
  const emails = made.map(({ id, email, contentVersion }) => ({ id, email, contentVersion, uncontested: true }))
  const limits = { nextSendAt: null, contactedBefore: clock.now(), leaseUntil: new Date('2030-01-01T00:00:00Z') }
  return markSending(sql, { ...days, ...limits, emails, senderVersion, now: clock.now() })
}
const templateOf = async (body: string) =>
  (await engine.db.emailTemplate.create({ data: { name: body, subject: body, bodyText: body } })).id

/** Counts of the campaign beside its rows, and the kept sums: nothing may be lost by a change. */
async function isBalanced(campaignId: string) {
  const ledger = await readLedger(engine, campaignId)
  const campaign = await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })
  const { rows } = await engine.pool.query(
    `SELECT COALESCE(sum(count), 0)::int AS kept FROM (
       SELECT count FROM scheduled_email_counts WHERE campaign_id = $1
       UNION ALL SELECT count FROM scheduled_email_count_changes WHERE campaign_id = $1) c`,
    [campaignId],
  )
  expect([campaign.emailsScheduledCount, rows[0].kept]).toEqual([ledger.planned, ledger.planned])
  return ledger
}

describe('a sequence that changes while its campaign runs', () => {
  it('moves what is planned by the days that a wait has grown, and leaves what was sent as it is', async () => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0, 2, 3] })
    await engine.work()
    const before = await rowsOf(id)
    const steps = await presentSteps(engine, id)
    const { seen, effect, version } = await changeAsSeen(engine, id, {
      steps: steps.map((step) => (step.was === 2 ? { ...step, daysAfterPrevious: 5 } : step)),
    })
    const { days, othersUntil, ...numbers } = seen
    expect([effect, othersUntil]).toEqual([numbers, null])
    expect([version, effect.retimed.emails, effect.stay, effect.added.emails, effect.removed.emails]).toEqual([
      2, 8, 4, 0, 0,
    ])
    expect(days).toEqual([
      { day: '2026-03-04', before: { 2: 4 }, after: {} },
      { day: '2026-03-07', before: { 3: 4 }, after: { 2: 4 } },
      { day: '2026-03-10', before: {}, after: { 3: 4 } },
    ])
    const after = await rowsOf(id)
    expect(after.map(({ scheduledFor }) => dayOf(scheduledFor))).toEqual(Array(4).fill([0, 5, 8]).flat())
    const sent = ({ status }: (typeof after)[number]) => status === 'sent'
    expect(after.filter(sent)).toEqual(before.filter(sent))
    await isBalanced(id)
  })

  it('gives what is planned the new text, and nothing made of the old one leaves', async () => {
    const { id, workflow } = await createOutreach(engine, { leads: 2, days: [0, 1] })
    // Two templates that one transaction has written: their rows have the same version.
    const templates = await engine.db.emailTemplate.createManyAndReturn({
      data: ['old words', 'new words'].map((bodyText) => ({ name: bodyText, subject: bodyText, bodyText })),
    })
    const [old, fresh] = templates.map((template) => template.id)
    await engine.db.workflowStep.updateMany({
      where: { workflowId: workflow.id, stepNumber: 2 },
      data: { emailTemplateId: old },
    })
    await startCampaign(engine.deps, { campaignId: id, by: BY })
    await engine.work()
    engine.clock.advanceDays(1)
    engine.clock.advance(60_000)
    const second = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, status: 'pending' } })
    const made = await selectEmailFacts(
      engine.deps.sql,
      second.map((email) => email.id),
    )
    const steps = await presentSteps(engine, id)
    const { effect } = await changeAsSeen(engine, id, {
      steps: steps.map((step) => (step.was === 2 ? { ...step, templateId: fresh ?? '' } : step)),
    })
    expect([effect.reworded, effect.retimed.emails]).toEqual([2, 0])
    expect(await claim(made)).toEqual([])
    await engine.work()
    const texts = engine.sink.received
      .filter(({ raw }) => raw.includes('words'))
      .map(({ raw }) => raw.includes('new words'))
    expect(texts).toEqual([true, true])
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('says which steps were edited in the workflow since the start: their emails get the text it has now', async () => {
    const { id, workflow } = await startOutreach(engine, { leads: 2, days: [0, 2, 3] })
    await engine.work()
    await engine.db.workflowStep.updateMany({
      where: { workflowId: workflow.id, stepNumber: 2 },
      data: { emailTemplateId: await templateOf('Edited') },
    })
    const steps = await presentSteps(engine, id)
    const { effect } = await changeAsSeen(engine, id, {
      steps: steps.map((step) => (step.was === 3 ? { ...step, daysAfterPrevious: 4 } : step)),
    })
    expect([effect.reworded, effect.editedSteps]).toEqual([2, [2]])
    const next = await changeAsSeen(engine, id, { steps })
    expect([next.effect.reworded, next.effect.editedSteps]).toEqual([0, []])
  })

  it('adds a step at the end for whoever still goes on', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 4, days: [0, 2] })
    await engine.work()
    await engine.db.lead.update({ where: { id: leads[0]?.id ?? '' }, data: { status: 'replied' } })
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: leads[1]?.id ?? '', status: 'pending' },
      data: { status: 'skipped', endedAt: engine.clock.now() },
    })
    const steps = await presentSteps(engine, id)
    const more = { was: null, templateId: await templateOf('More'), daysAfterPrevious: 3, replyInThread: false }
    const { effect } = await changeAsSeen(engine, id, { steps: [...steps, more] })
    expect([effect.added.emails, effect.added.leads, effect.retimed.emails]).toEqual([2, 2, 0])
    const added = (await rowsOf(id)).filter(({ workflowStepNumber }) => workflowStepNumber === 3)
    expect(added.map(({ scheduledFor, templateId, status }) => [dayOf(scheduledFor), templateId, status])).toEqual(
      Array(2).fill([5, more.templateId, 'pending']),
    )
    expect(added.map(({ messageId, id: own }) => messageId.startsWith(`<${own}@`))).toEqual([true, true])
    expect((await isBalanced(id)).planned).toBe(10)
  })

  it('puts a step between planned ones, and takes it out again', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0, 2, 3] })
    await engine.work()
    const planned = await rowsOf(id)
    const [one, two, three] = await presentSteps(engine, id)
    if (!one || !two || !three) throw new Error('The campaign has three steps')
    const between = { was: null, templateId: await templateOf('Between'), daysAfterPrevious: 4, replyInThread: false }
    await changeAsSeen(engine, id, { steps: [one, two, between, three] })
    const widened = await rowsOf(id)
    expect(widened.map((row) => [row.workflowStepNumber, dayOf(row.scheduledFor)])).toEqual(
      Array(3)
        .fill([
          [1, 0],
          [2, 2],
          [3, 6],
          [4, 9],
        ])
        .flat(),
    )
    const third = (row: (typeof planned)[number]) => row.workflowStepNumber === 3
    expect(widened.filter((row) => row.workflowStepNumber === 4).map((row) => row.id)).toEqual(
      planned.filter(third).map((row) => row.id),
    )
    await isBalanced(id)
    const [, , , four] = await presentSteps(engine, id)
    const { effect } = await changeAsSeen(engine, id, { steps: [one, two, { ...(four ?? three), was: 4 }] })
    expect([effect.removed, effect.retimed.emails]).toEqual([{ emails: 3, leads: 3 }, 3])
    const restored = await rowsOf(id)
    expect(restored.map((row) => [row.id, row.workflowStepNumber, row.scheduledFor])).toEqual(
      planned.map((row) => [row.id, row.workflowStepNumber, row.scheduledFor]),
    )
    expect((await isBalanced(id)).planned).toBe(9)
  })

  it('leaves the workflow that it began with as it is, and makes a sequence of its own that no list shows', async () => {
    const { id, workflow } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const steps = await presentSteps(engine, id)
    await changeAsSeen(engine, id, {
      steps: steps.map((step) => (step.was === 2 ? { ...step, daysAfterPrevious: 3 } : step)),
    })
    const kept = await createWorkflow(engine, { days: [0] })
    const { rows } = await listWorkflows(engine.deps, {})
    const campaign = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    const listed = rows.map((row) => row.id)
    expect(listed).toContain(workflow.id)
    expect(listed).toContain(kept.id)
    expect(listed).not.toContain(campaign.workflowId)
    expect((await presentSteps(engine, id)).map((step) => step.daysAfterPrevious)).toEqual([0, 3])
    const first = await engine.db.workflowStep.findMany({
      where: { workflowId: workflow.id },
      orderBy: { stepNumber: 'asc' },
    })
    expect(first.map((step) => step.daysAfterPrevious)).toEqual([0, 1])
    await expect(engine.pool.query(`UPDATE campaign_changes SET version = 9`)).rejects.toThrow('never written again')
  })
})
