import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { transaction } from '@/db/sql'
import { previewChange } from '@/use-cases/changes/preview-change'
import { planAgain } from '@/use-cases/conversations/plan-again'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { beginAnew, changeAsSeen, presentSteps } from '../../support/changes'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine))

const ofLead = (campaignId: string, leadId: string) =>
  engine.db.scheduledEmail.findMany({ where: { campaignId, leadId }, orderBy: { workflowStepNumber: 'asc' } })
const templateOf = async (body: string) =>
  (await engine.db.emailTemplate.create({ data: { name: body, subject: body, bodyText: body } })).id

describe('emails that come back after a change', () => {
  it('follow the sequence as it is by then, whichever way they come', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0, 2, 3] })
    const [failed = '', out = ''] = leads.map((lead) => lead.id)
    await engine.work()
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = CASE workflow_step_number WHEN 2 THEN 'failed' ELSE 'skipped' END, ended_at = $2,
         failure_reason = CASE workflow_step_number WHEN 2 THEN 'no' ELSE 'previous_step_not_delivered' END
       WHERE campaign_id = $1 AND lead_id = $3 AND workflow_step_number > 1`,
      [id, engine.clock.now(), failed],
    )
    await engine.pool.query('UPDATE campaigns SET emails_failed_count = 1 WHERE id = $1', [id])
    await changeAsSeen(engine, id, { takeOutLeadIds: [out] })
    const sent = await ofLead(id, failed)
    const [one, two, three] = await presentSteps(engine, id)
    if (!one || !two || !three) throw new Error('The campaign has three steps')
    const [second, between, last] = [await templateOf('new 2'), await templateOf('new 3'), await templateOf('new 4')]
    await changeAsSeen(engine, id, {
      steps: [
        one,
        { ...two, templateId: second },
        { ...two, was: null, templateId: between },
        { ...three, templateId: last },
      ],
    })
    const { workflowId } = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    await changeAsSeen(engine, id, { putBackLeadIds: [out] })
    for (const leadId of [failed, out]) {
      const rows = await ofLead(id, leadId)
      const planned = rows.filter(({ status }) => status === 'pending')
      expect(planned.map((row) => [row.workflowStepNumber, row.templateId, row.workflowId])).toEqual([
        [2, second, workflowId],
        [4, last, workflowId],
      ])
    }
    expect((await ofLead(id, failed))[0]).toEqual(sent[0])
    const noted = await engine.db.campaignTemplate.findMany({ where: { campaignId: id, templateId: last } })
    expect(noted.map((row) => row.workflowStepNumber)).toEqual([4])
  })
})

describe('emails that were on the wire once, and are skipped or cancelled when the sequence changes', () => {
  /** A campaign whose second email to a lead was on the wire, and is over, and of which that step gets another text then. */
  async function changed(over: { status: string; reason: string | null }, takeOut: boolean) {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 2] })
    const leadId = leads[0]?.id ?? ''
    await engine.work()
    await engine.pool.query(
      `UPDATE scheduled_emails SET claim = 1, sending_since = $3 WHERE campaign_id = $1 AND lead_id = $2 AND workflow_step_number = 2`,
      [id, leadId, engine.clock.now()],
    )
    if (takeOut) await changeAsSeen(engine, id, { takeOutLeadIds: [leadId] })
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = $3, failure_reason = $4, ended_at = COALESCE(ended_at, $5)
       WHERE campaign_id = $1 AND lead_id = $2 AND workflow_step_number = 2`,
      [id, leadId, over.status, over.reason, engine.clock.now()],
    )
    const before = (await ofLead(id, leadId))[1]
    const [one, two] = await presentSteps(engine, id)
    if (!one || !two) throw new Error('The campaign has two steps')
    const template = await templateOf(`new ${over.status}`)
    await changeAsSeen(engine, id, { steps: [one, { ...two, templateId: template }] })
    const { workflowId } = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    return { id, leadId, before, after: (await ofLead(id, leadId))[1], now: { templateId: template, workflowId } }
  }
  const textOf = (row: { templateId: string; workflowId: string | null } | undefined) =>
    row && { templateId: row.templateId, workflowId: row.workflowId }

  it.each([
    ['skipped', 'asks_to_stop'],
    ['cancelled', null],
  ])('keep the text with which they may have left while they are %s', async (status, reason) => {
    const { before, after } = await changed({ status, reason }, false)
    expect(textOf(after)).toEqual(textOf(before))
  })

  it('follow the sequence once their lead is put back', async () => {
    const { id, leadId, now } = await changed({ status: 'cancelled', reason: null }, true)
    await changeAsSeen(engine, id, { putBackLeadIds: [leadId] })
    const back = (await ofLead(id, leadId))[1]
    expect([back?.status, textOf(back)]).toEqual(['pending', now])
  })

  it('follow the sequence once what had skipped them is taken back', async () => {
    const { id, leadId, after, now } = await changed({ status: 'skipped', reason: 'asks_to_stop' }, false)
    const skipped = [after?.id ?? '']
    await transaction(engine.deps.sql, (tx) =>
      planAgain(engine.deps, tx, { skipped, message: null, goesOn: true, by: BY }),
    )
    const back = (await ofLead(id, leadId))[1]
    expect([back?.status, textOf(back)]).toEqual(['pending', now])
  })
})

const SAID = { asksToStop: { effects: { asksPerson: true } }, byHand: { details: { byHand: true } } }

/** A message of the lead, or of one of us to it, that gave the lead no other status. */
async function hear(leadId: string, said: keyof typeof SAID) {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const at = engine.clock.now()
  await engine.db.receivedMessage.create({
    data: {
      ...{ mailboxId, leadId, folder: 'INBOX', uidValidity: 1n, uid: BigInt(Math.round(at.getTime() / 1_000)) },
      ...{ contentHash: `${leadId} ${said}`, messageId: `<${leadId}@x.example>`, receivedAt: at, createdAt: at },
      ...{ size: 1, kind: said === 'byHand' ? 'own' : 'stop_request', ...SAID[said] },
    },
  })
}

describe('leads whose sequence has ended though their status says nothing', () => {
  it('get no step that is added', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 4, days: [0, 2] })
    const [waiting = '', answered = '', goesOn = '', later = ''] = leads.map((lead) => lead.id)
    await engine.work()
    engine.clock.advanceDays(1)
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: later, status: 'pending' },
      data: { scheduledFor: new Date('2026-03-20T09:00:00Z') },
    })
    engine.clock.advanceDays(1)
    engine.clock.advance(60_000)
    await engine.work()
    engine.clock.advance(60_000)
    await hear(waiting, 'asksToStop')
    engine.clock.advance(1_000)
    await hear(answered, 'byHand')
    const steps = await presentSteps(engine, id)
    const more = { was: null, templateId: await templateOf('More'), daysAfterPrevious: 3, replyInThread: false }
    const { effect } = await changeAsSeen(engine, id, { steps: [...steps, more] })
    const added = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, workflowStepNumber: 3 } })
    expect([effect.added.leads, added.map((email) => email.leadId).sort()]).toEqual([2, [goesOn, later].sort()])
  })

  it('stay taken out, and the effect says so', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 4, days: [0, 2] })
    const [waiting = '', goesOn = '', unsubscribed = ''] = leads.map((lead) => lead.id)
    await engine.work()
    await changeAsSeen(engine, id, { takeOutLeadIds: [waiting, goesOn, unsubscribed] })
    await hear(waiting, 'asksToStop')
    await engine.db.lead.update({ where: { id: unsubscribed }, data: { status: 'unsubscribed' } })
    const { effect } = await changeAsSeen(engine, id, { putBackLeadIds: [waiting, goesOn, unsubscribed] })
    expect([effect.returned.leads, effect.stayOut]).toEqual([1, 2])
    const second = async (leadId: string) => (await ofLead(id, leadId))[1]?.status
    expect(await Promise.all([waiting, goesOn, unsubscribed].map(second))).toEqual([
      'cancelled',
      'pending',
      'cancelled',
    ])
    const again = { campaignId: id, change: { putBackLeadIds: [waiting] } }
    expect(await refusal(previewChange(engine.deps, again))).toEqual({
      code: 'invalid_input',
      message: 'These leads stay out: their sequence has ended. Nothing was changed.',
    })
    await engine.db.receivedMessage.updateMany({ where: { leadId: waiting }, data: { effects: {} } })
    await changeAsSeen(engine, id, again.change)
    expect(await second(waiting)).toBe('pending')
  })

  it.each([
    [true, 1],
    [false, 0],
  ])('are those of a company that has answered, where that ends it for all: %s', async (stopSameCompany, stayOut) => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0, 2, 3] })
    const [colleague = '', other = ''] = leads.map((lead) => lead.id)
    await engine.work()
    await engine.db.campaign.update({ where: { id }, data: { stopSameCompany } })
    await engine.db.scheduledEmail.updateMany({
      where: { leadId: colleague, workflowStepNumber: 2 },
      data: { status: 'skipped', failureReason: 'company_replied', endedAt: engine.clock.now() },
    })
    await changeAsSeen(engine, id, { takeOutLeadIds: [colleague, other] })
    const { effect } = await changeAsSeen(engine, id, { putBackLeadIds: [colleague, other] })
    expect([effect.returned.leads, effect.stayOut]).toEqual([2 - stayOut, stayOut])
  })
})
