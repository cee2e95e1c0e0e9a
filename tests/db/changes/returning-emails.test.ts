import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { changeAsSeen, presentSteps } from '../../support/changes'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  engine.clock.set('2026-03-02T09:00:00Z')
  await engine.pool.query('TRUNCATE campaigns, leads, lead_batches, suppressions CASCADE')
  await engine.pool.query(`UPDATE mailboxes SET next_send_at = NULL, health = 'ready'`)
})

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
