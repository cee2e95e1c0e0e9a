import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdIfLeaseExpired } from '@/db/queries/delivery/hold-expired-leases'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { transaction } from '@/db/sql'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { applyChange } from '@/use-cases/changes/apply-change'
import { listChanges } from '@/use-cases/changes/list-changes'
import { prepareUndo } from '@/use-cases/changes/prepare-undo'
import { previewChange } from '@/use-cases/changes/preview-change'
import { resolveHeld } from '@/use-cases/delivery/resolve-held'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { beginAnew, changeAsSeen } from '../../support/changes'
import {
  BY,
  createBatch,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { refusal } from '../../support/refusal'

const START = '2026-03-02T09:00:00Z'
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => beginAnew(engine, START))

const ofLead = (campaignId: string, leadId: string) =>
  engine.db.scheduledEmail.findMany({ where: { campaignId, leadId }, orderBy: { workflowStepNumber: 'asc' } })
const statuses = async (campaignId: string, leadId: string) =>
  (await ofLead(campaignId, leadId)).map(({ status }) => status)

describe('leads that are taken out of a running campaign', () => {
  it('get nothing more, and what they got stays', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0, 1, 1] })
    const [first, second] = leads.map((lead) => lead.id)
    await engine.work()
    const { effect } = await changeAsSeen(engine, id, { takeOutLeadIds: [first ?? ''] })
    expect([effect.removed, effect.stay]).toEqual([{ emails: 2, leads: 1 }, 3])
    expect(await statuses(id, first ?? '')).toEqual(['sent', 'cancelled', 'cancelled'])
    expect(await statuses(id, second ?? '')).toEqual(['sent', 'pending', 'pending'])
    expect(await readLedger(engine, id)).toMatchObject({ planned: 9, sent: 3, pending: 4, cancelled: 2 })
    for (const _day of [1, 2]) {
      engine.clock.advanceDays(1)
      engine.clock.advance(60_000)
      await engine.work()
    }
    expect(await statusOf(engine, id)).toBe('completed')
    expect(await readLedger(engine, id)).toMatchObject({ planned: 9, sent: 7, cancelled: 2 })
  })

  it('completes a campaign of which nothing is left', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    await changeAsSeen(engine, id, { takeOutLeadIds: leads.map((lead) => lead.id) })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('are cancelled where an email comes back: to be tried again, or held and to be sent again', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 3, days: [0, 1] })
    const [tried, held, failed] = leads.map((lead) => lead.id)
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = 'sending', claim = 1, sending_since = $2, lease_until = $2
       WHERE campaign_id = $1 AND lead_id = ANY($3) AND workflow_step_number = 1`,
      [id, START, [tried, held]],
    )
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = CASE workflow_step_number WHEN 1 THEN 'failed' ELSE 'skipped' END, ended_at = $2,
         failure_reason = CASE workflow_step_number WHEN 1 THEN 'no' ELSE 'previous_step_not_delivered' END
       WHERE campaign_id = $1 AND lead_id = $3`,
      [id, START, failed],
    )
    await engine.pool.query('UPDATE campaigns SET emails_failed_count = 1 WHERE id = $1', [id])
    const { effect } = await changeAsSeen(engine, id, { takeOutLeadIds: leads.map((lead) => lead.id) })
    expect([effect.removed, effect.stay]).toEqual([{ emails: 2, leads: 3 }, 2])
    const [email] = await ofLead(id, tried ?? '')
    const back = { dueAt: new Date('2026-03-02T10:00:00Z'), attemptUsed: true, addressInvalid: false, message: null }
    const outcome = { id: email?.id ?? '', fencingToken: 1, status: 'pending' as const, reason: 'later', ...back }
    await recordOutcomes(engine.deps.sql, [outcome], null, engine.clock.now())
    expect(await statuses(id, tried ?? '')).toEqual(['cancelled', 'cancelled'])
    const at = new Date('2026-03-02T09:30:00Z')
    await transaction(engine.deps.sql, (tx) => holdIfLeaseExpired(tx, { realNow: at, now: at, reason: 'gone' }))
    await resolveHeld(engine.deps, { campaignId: id, choice: 'again', by: BY })
    expect(await statuses(id, held ?? '')).toEqual(['cancelled', 'cancelled'])
    const { reopened, leftOut } = await retryFailed(engine.deps, { campaignId: id, by: BY })
    expect([reopened, leftOut]).toEqual([0, [{ reason: 'taken_out', count: 1 }]])
  })

  it('come back as far as they had not got, by as much later as their next email is overdue', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 1, 2] })
    const [first] = leads.map((lead) => lead.id)
    await engine.work()
    const planned = await ofLead(id, first ?? '')
    await changeAsSeen(engine, id, { takeOutLeadIds: [first ?? ''] })
    engine.clock.advanceDays(3)
    const { effect } = await changeAsSeen(engine, id, { putBackLeadIds: [first ?? ''] })
    expect([effect.returned.emails, effect.returned.leads]).toEqual([2, 1])
    const late = engine.clock.now().getTime() - (planned[1]?.scheduledFor.getTime() ?? 0)
    const due = planned.map(({ scheduledFor }, i) => (i === 0 ? scheduledFor : new Date(scheduledFor.getTime() + late)))
    const back = await ofLead(id, first ?? '')
    expect(back.map(({ scheduledFor }) => scheduledFor)).toEqual(due)
    expect(back.map(({ status, endedAt }) => [status, endedAt === null])).toEqual([
      ['sent', false],
      ['pending', true],
      ['pending', true],
    ])
  })

  it('refuses a change that is none', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const other = await createBatch(engine, { leads: 1 })
    const look = (change: Parameters<typeof previewChange>[1]['change']) =>
      refusal(previewChange(engine.deps, { campaignId: id, change }))
    expect(await look({})).toMatchObject({ code: 'invalid_input' })
    expect(await look({ takeOutLeadIds: [other.leads[0]?.id ?? ''] })).toMatchObject({ code: 'invalid_input' })
    expect(await look({ putBackLeadIds: [leads[0]?.id ?? ''] })).toMatchObject({ code: 'invalid_input' })
  })
})

describe('batches that are added to a running campaign', () => {
  it('are taken, and their leads planned from now on, but for those that the campaign has or had', async () => {
    const { id, batch, leads } = await startOutreach(engine, { leads: 3, days: [0, 1] })
    await engine.work()
    const more = await createBatch(engine, { leads: 4 })
    const out = leads[0]?.id ?? ''
    const gone = more.leads[0]?.id ?? ''
    await engine.db.batchLead.createMany({
      data: leads.slice(0, 2).map((lead) => ({ batchId: more.batch.id, leadId: lead.id })),
    })
    await engine.db.lead.update({ where: { id: gone }, data: { status: 'unsubscribed' } })
    await changeAsSeen(engine, id, { takeOutLeadIds: [out] })
    engine.clock.advance(3_600_000)
    const { seen, effect } = await changeAsSeen(engine, id, { addBatchIds: [more.batch.id] })
    expect(seen).toMatchObject(effect)
    expect([effect.added.emails, effect.added.leads]).toEqual([6, 3])
    expect(effect.leftOut).toEqual([
      { reason: 'in_the_campaign_already', count: 2 },
      { reason: 'unsubscribed', count: 1 },
    ])
    expect(await readLedger(engine, id)).toMatchObject({ planned: 12, sent: 3, pending: 8, cancelled: 1 })
    const held = await engine.db.leadBatch.findMany({ where: { activeCampaignId: id }, select: { id: true } })
    expect(held.map((row) => row.id).sort()).toEqual([batch.id, more.batch.id].sort())
    const campaign = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect([campaign.totalLeadsTargeted, campaign.emailsScheduledCount]).toEqual([6, 12])
  })

  it('may be its own: leads that joined them since are planned, once, and taken out by an undo', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    await engine.work()
    const change = { addBatchIds: [batch.id] }
    const look = () => previewChange(engine.deps, { campaignId: id, change })
    expect(await refusal(look())).toMatchObject({ code: 'invalid_input' })
    const { leads } = await createBatch(engine, { leads: 2 })
    const joined = leads.map((lead) => lead.id)
    await engine.db.batchLead.createMany({ data: joined.map((leadId) => ({ batchId: batch.id, leadId })) })
    engine.clock.advance(3_600_000)
    expect(await look().catch((error: unknown) => error)).toMatchObject({ added: { emails: 4, leads: 2 } })
    const { effect } = await changeAsSeen(engine, id, change)
    expect([effect.added.emails, effect.added.leads]).toEqual([4, 2])
    for (const leadId of joined) expect(await statuses(id, leadId)).toEqual(['pending', 'pending'])
    expect(await refusal(look())).toMatchObject({ code: 'invalid_input' })
    const gone = { addBatchIds: [batch.id, joined[0] ?? ''] }
    expect(await refusal(previewChange(engine.deps, { campaignId: id, change: gone }))).toMatchObject({
      code: 'not_found',
    })
    const [listed] = await listChanges(engine.deps, { campaignId: id })
    expect(listed).toMatchObject({ version: 2, batchesAdded: 0 })
    const undo = await prepareUndo(engine.deps, { campaignId: id, version: 2 })
    expect([undo.change.takeOutLeadIds?.toSorted(), undo.stays]).toEqual([joined.sort(), []])
  })

  it('are refused where another campaign holds them, already at the look', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const other = await startOutreach(engine, { leads: 1, name: 'Other' })
    const change = { addBatchIds: [other.batch.id] }
    expect(await refusal(previewChange(engine.deps, { campaignId: id, change }))).toMatchObject({
      code: 'batch_in_use',
    })
    expect(await engine.db.campaignBatch.count({ where: { campaignId: id } })).toBe(1)
  })

  it('are refused where their leads lack what the templates read', async () => {
    const draft = await createOutreach(engine, { leads: 1, days: [0, 1], body: 'At {{ company_name }}' })
    await startCampaign(engine.deps, { campaignId: draft.id, by: BY })
    const bare = await createBatch(engine, { leads: 1 })
    await engine.db.lead.updateMany({ where: { id: bare.leads[0]?.id ?? '' }, data: { companyName: null } })
    const change = { addBatchIds: [bare.batch.id] }
    const refused = await refusal(previewChange(engine.deps, { campaignId: draft.id, change }))
    expect([refused.code, refused.message.includes('company_name')]).toEqual(['not_ready', true])
    const apply = applyChange(engine.deps, { campaignId: draft.id, change, seen: '', by: BY })
    expect(await refusal(apply)).toMatchObject({ code: 'not_ready' })
  })
})

describe('a mailbox that is added to a running campaign', () => {
  it('shares the leads that come from now on; who is in a conversation stays with theirs', async () => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0, 1] })
    const own = await engine.db.mailbox.findFirstOrThrow()
    const { id: _, createdAt: __, updatedAt: ___, ...fields } = own
    const other = await engine.db.mailbox.create({
      data: { ...fields, name: 'Other', fromEmail: 'other@nexa.example' },
    })
    const alone = await changeAsSeen(engine, id, { addMailboxIds: [other.id] })
    expect([alone.effect.added.emails, alone.effect.retimed.emails, alone.effect.removed.emails]).toEqual([0, 0, 0])
    const more = await createBatch(engine, { leads: 4 })
    await changeAsSeen(engine, id, { addBatchIds: [more.batch.id] })
    const rows = await engine.db.scheduledEmail.groupBy({ by: ['mailboxId'], where: { campaignId: id }, _count: true })
    expect(new Map(rows.map((row) => [row.mailboxId, row._count]))).toEqual(
      new Map([
        [own.id, 12],
        [other.id, 4],
      ]),
    )
    await engine.db.mailbox.delete({ where: { id: other.id } }).catch(() => undefined)
  })

  it('is refused by name where there is none', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const change = { addMailboxIds: [batch.id] }
    const missing = { code: 'not_found', message: 'This mailbox does not exist any more. Nothing was changed.' }
    expect(await refusal(previewChange(engine.deps, { campaignId: id, change }))).toEqual(missing)
    expect(await refusal(applyChange(engine.deps, { campaignId: id, change, seen: '', by: BY }))).toEqual(missing)
  })
})
