import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import type { ReplyStatus } from '@/domain/reply/state'
import { DAY_MS } from '@/domain/time/duration'
import { createBatch } from '@/use-cases/leads/create-batch'
import { runImport } from '@/use-cases/leads/run-import'
import { BY, createEngine, type Engine } from '../../support/engine'
import { agreeToRollback, emptyImports, importRows, rollBack, startOn } from '../../support/lead-imports/rolled-back'
import { untilBlocked } from '../../support/until-blocked'

/** A lead whose emails were planned before an import gave it a value: what counts is when they leave. */

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await emptyImports(engine)
})

const EMAIL = 'old@x.example'
const leadOf = () => engine.db.lead.findUniqueOrThrow({ where: { email: EMAIL }, include: { batches: true } })

/** A campaign is planned for a lead; an hour later an import gives it a company and a further batch. */
async function filledAfterPlan() {
  await engine.db.lead.create({ data: { email: EMAIL } })
  const { id: leadId } = await leadOf()
  const { id: batchId } = await createBatch(engine.deps, { name: 'Before', leadIds: [leadId], by: BY })
  await engine.db.lead.update({ where: { id: leadId }, data: { companyName: 'Planned' } })
  const campaignId = await startOn(engine, batchId)
  return {
    campaignId,
    leadId,
    fill: async () => {
      await engine.db.lead.update({ where: { id: leadId }, data: { companyName: null } })
      engine.clock.advance(60 * 60_000)
      return importRows(engine, `email,company,city\n${EMAIL},Nord,Kiel\n`, { batchName: 'Fair' })
    },
  }
}

it('keeps what an email was made of that was planned before the import and left after it', async () => {
  const { fill } = await filledAfterPlan()
  const { id } = await fill()
  await engine.work()
  expect(await engine.db.scheduledEmail.count({ where: { status: 'sent' } })).toBe(1)
  expect(await rollBack(engine, id)).toMatchObject({ existing: 1, existingKept: 1, restored: 0 })
  expect(await leadOf()).toMatchObject({ companyName: 'Nord', city: 'Kiel', batches: [{}, {}] })
})

it('gives back where the only email had left before the import, and the next is still planned', async () => {
  const { fill } = await filledAfterPlan()
  await engine.work()
  const { id } = await fill()
  expect(await rollBack(engine, id)).toMatchObject({ restored: 1, existingKept: 0 })
  expect(await leadOf()).toMatchObject({ companyName: null, city: null, batches: [{}] })
})

it.each(['sending', 'held'] as const)('keeps where an email of before is %s', async (status) => {
  const { fill, leadId } = await filledAfterPlan()
  const { id } = await fill()
  await engine.db.scheduledEmail.updateMany({
    where: { leadId, workflowStepNumber: 1 },
    data: {
      status,
      sendingSince: new Date(0),
      leaseUntil: status === 'sending' ? new Date() : null,
      ...(status === 'held' ? { heldAt: new Date() } : {}),
    },
  })
  expect(await rollBack(engine, id)).toMatchObject({ existingKept: 1, restored: 0 })
})

it('lets no email be claimed while it takes back what that was made of', async () => {
  const { fill, leadId } = await filledAfterPlan()
  const { id } = await fill()
  await agreeToRollback(engine, id)
  const claimable = async () =>
    (await engine.pool.query('SELECT id FROM scheduled_emails WHERE lead_id = $1 FOR UPDATE SKIP LOCKED', [leadId]))
      .rowCount
  expect(await claimable()).toBe(2)
  const holder = await beginTransaction(engine.deps.sql)
  try {
    // The rollback has decided, and waits to take the lead out of the batch.
    await execute(holder.tx)`SELECT 1 FROM batch_leads FOR UPDATE`
    const working = runImport(engine.deps, { importId: id })
    await untilBlocked(engine.deps.sql, working)
    expect(await claimable()).toBe(0)
    await holder.commit()
    await working
  } catch (error) {
    await holder.rollback()
    throw error
  }
  expect(await leadOf()).toMatchObject({ companyName: null })
})

/** A reply to the lead, as the inbox has it. */
const reply = async (leadId: string, how: { status: ReplyStatus; sentAt?: Date }) => {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const ended = how.status === 'sent' || how.status === 'cancelled' || how.status === 'failed'
  const at = how.sentAt ?? engine.clock.now()
  await engine.db.reply.create({
    data: {
      mailboxId,
      leadId,
      messageId: `<${leadId}@x.example>`,
      fromEmail: 'us@x.example',
      fromName: 'Us',
      toEmails: [EMAIL],
      subject: 'Re: Fair',
      bodyText: 'Hello',
      dueAt: at,
      createdAt: at,
      updatedAt: at,
      writtenBy: BY,
      sendingSince: how.status === 'pending' || how.status === 'cancelled' ? null : at,
      leaseUntil: how.status === 'sending' ? new Date() : null,
      heldAt: how.status === 'held' ? at : null,
      endedAt: ended ? at : null,
      ...how,
    },
  })
}

it.each([
  ['sent', 1, 'restored'],
  ['sent', -1, 'existingKept'],
  ['sending', 1, 'existingKept'],
  ['held', 1, 'existingKept'],
  ['pending', 1, 'existingKept'],
  ['cancelled', -1, 'restored'],
] as const)('a reply that is %s, %i day before the import: %s', async (status, daysBefore, fate) => {
  const { id: leadId } = await engine.db.lead.create({ data: { email: EMAIL } })
  const { id } = await importRows(engine, `email,company\n${EMAIL},Nord\n`, { batchName: 'Fair' })
  const at = new Date(engine.clock.now().getTime() - daysBefore * DAY_MS)
  await reply(leadId, { status, ...(status === 'sent' ? { sentAt: at } : {}) })
  expect(await rollBack(engine, id)).toMatchObject({ [fate]: 1 })
})
