import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { runImport } from '@/use-cases/leads/run-import'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { startImport } from '@/use-cases/leads/start-import'
import { updateBatch } from '@/use-cases/leads/update-batch'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { listEndedMassActs, listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { stopMassAct } from '@/use-cases/mass-acts/stop-mass-act'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { BY, createBatch, createEngine, createOutreach, type Engine } from '../../support/engine'
import { actOf, addReply, doAct, forgetAll, makeOneStep, statusesOf, undoAct, workOn } from '../../support/mass-acts'

// What an undo leaves: whatever somebody, or the lead, has said since.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => forgetAll(engine))

const MINUTE = 60_000
const statusOf = async (id: string) => (await engine.db.lead.findUniqueOrThrow({ where: { id } })).status

/** Three leads that an act has set; then time passes. */
async function setForThree(status: 'interested' | 'contacted') {
  const { leads, batch } = await createBatch(engine, { leads: 3 })
  const [first] = leads
  if (!first) throw new Error('no lead')
  engine.clock.advance(MINUTE)
  const { id } = await doAct(engine, 'status', {}, { status })
  engine.clock.advance(5 * MINUTE)
  return { id, leadId: first.id, email: first.email, batch }
}

async function receive(leadId: string, at: Date, correctedAt: Date | null = null) {
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.receivedMessage.create({
    data: {
      mailboxId: mailbox.id,
      folder: 'INBOX',
      uidValidity: 1,
      uid: 1,
      contentHash: randomUUID(),
      receivedAt: at,
      size: 10,
      kind: 'human',
      leadId,
      createdAt: at,
      correctedAt,
    },
  })
}

describe('an undo of a status leaves a lead', () => {
  it('that has answered since, although its status is still that of the act', async () => {
    const { id, leadId } = await setForThree('interested')
    await receive(leadId, engine.clock.now())
    expect(await undoAct(engine, id)).toMatchObject({ done: 3, changed: 2, leftOut: { changed_since: 1 } })
    expect(await statusOf(leadId)).toBe('interested')
  })

  it('whose answer of before was corrected since, and gives back who has answered long before', async () => {
    const { leads } = await createBatch(engine, { leads: 2 })
    const [corrected = '', answered = ''] = leads.map(({ id }) => id)
    await receive(answered, engine.clock.now())
    const before = engine.clock.now()
    engine.clock.advance(60 * MINUTE)
    const { id } = await doAct(engine, 'status', {}, { status: 'interested' })
    engine.clock.advance(MINUTE)
    await receive(corrected, before, engine.clock.now())
    expect(await undoAct(engine, id)).toMatchObject({ changed: 1, leftOut: { changed_since: 1 } })
    expect([await statusOf(corrected), await statusOf(answered)]).toEqual(['interested', 'new'])
  })

  it('to whom somebody has written a reply since, but not for one that was taken back', async () => {
    const { id, leadId } = await setForThree('interested')
    const other = await engine.db.lead.findFirstOrThrow({ where: { id: { not: leadId } } })
    await addReply(engine, leadId)
    await addReply(engine, other.id, 'cancelled')
    expect(await undoAct(engine, id)).toMatchObject({ changed: 2, leftOut: { changed_since: 1 } })
    expect([await statusOf(leadId), await statusOf(other.id)]).toEqual(['interested', 'new'])
  })

  it('to whom a campaign has sent since', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 2 })
    await createBatch(engine, { leads: 1, name: 'Others' })
    const { id } = await doAct(engine, 'status', {}, { status: 'contacted' })
    engine.clock.advance(MINUTE)
    await startCampaign(engine.deps, { campaignId, by: BY })
    await engine.work()
    expect(await engine.db.scheduledEmail.count({ where: { status: 'sent' } })).toBe(2)
    expect(await undoAct(engine, id)).toMatchObject({ changed: 1, leftOut: { changed_since: 2 } })
    expect(await statusesOf(engine)).toEqual({ contacted: 2, new: 1 })
  })

  it('that a colleague has given the same status on purpose', async () => {
    const { id, leadId } = await setForThree('interested')
    await setLeadStatus(engine.deps, { ids: [leadId], status: 'interested', by: 'colleague' })
    expect(await undoAct(engine, id)).toMatchObject({ changed: 2, leftOut: { changed_since: 1 } })
    expect(await statusOf(leadId)).toBe('interested')
  })

  it('that is gone, and says so; also when none is left', async () => {
    const { id, leadId } = await setForThree('interested')
    const { id: second } = await doAct(engine, 'batch', {}, { batchId: (await emptyBatch()).id })
    await engine.db.lead.delete({ where: { id: leadId } })
    expect(await undoAct(engine, id)).toMatchObject({ done: 3, changed: 2, leftOut: { gone: 1 } })
    await engine.db.lead.deleteMany()
    expect(await undoAct(engine, second)).toMatchObject({ state: 'done', done: 3, changed: 0, leftOut: { gone: 3 } })
  })
})

const emptyBatch = () => engine.db.leadBatch.create({ data: { name: 'Target' } })

describe('an undo of a batch leaves a lead in it', () => {
  const isIn = async (batchId: string, leadId: string) =>
    (await engine.db.batchLead.count({ where: { batchId, leadId } })) === 1

  it('that was taken out and added again since', async () => {
    const { leads } = await createBatch(engine, { leads: 3 })
    const ids = [leads[0]?.id ?? '']
    const { id: batchId } = await emptyBatch()
    const { id } = await doAct(engine, 'batch', {}, { batchId })
    engine.clock.advance(MINUTE)
    await updateBatch(engine.deps, { id: batchId, removeLeadIds: ids, by: BY })
    await updateBatch(engine.deps, { id: batchId, addLeadIds: ids, by: BY })
    expect(await undoAct(engine, id)).toMatchObject({ done: 3, changed: 2, leftOut: { changed_since: 1 } })
    expect(await isIn(batchId, ids[0] ?? '')).toBe(true)
  })

  it('that an import has brought into it as well', async () => {
    const { leads } = await createBatch(engine, { leads: 3 })
    const { id: batchId } = await emptyBatch()
    const { id } = await doAct(engine, 'batch', {}, { batchId })
    engine.clock.advance(MINUTE)
    const text = `email\n${leads[0]?.email}\n`
    const { id: importId } = await startImport(engine.deps, { fileName: 'one.csv', text, batchId, by: BY })
    await runImport(engine.deps, { importId })
    expect(await undoAct(engine, id)).toMatchObject({ changed: 2, leftOut: { changed_since: 1 } })
    expect(await isIn(batchId, leads[0]?.id ?? '')).toBe(true)
  })
})

describe('an undo', () => {
  it('that was stopped goes on when it is asked for again, once', async () => {
    await createBatch(engine, { leads: 1_100 })
    const { id } = await doAct(engine, 'status', {}, { status: 'interested' })
    const undo = await undoMassAct(engine.deps, { id, by: BY })
    await makeOneStep(engine, undo.id)
    await stopMassAct(engine.deps, { id: undo.id, by: BY })
    const { rows } = await listEndedMassActs(engine.deps, { page: 1, pageSize: 20 })
    expect(rows).toMatchObject([
      { id: undo.id, state: 'stopped', undoable: true },
      { id, undoable: true, undone: false },
    ])
    expect(await undoMassAct(engine.deps, { id, by: BY })).toEqual(undo)
    expect(await actOf(engine, undo.id)).toMatchObject({ state: 'working', endedAt: null, done: 500 })
    expect(await workOn(engine, undo.id)).toMatchObject({ state: 'done', done: 1_100, changed: 1_100 })
    expect(await statusesOf(engine)).toEqual({ new: 1_100 })
    await expect(undoMassAct(engine.deps, { id, by: BY })).rejects.toThrow('taken back already')
  })

  it('keeps the leads that it needs until it is over, and is refused after 30 days', async () => {
    await createBatch(engine, { leads: 3 })
    const { id } = await doAct(engine, 'status', {}, { status: 'interested' })
    const { id: late } = await doAct(engine, 'status', {}, { status: 'converted' })
    engine.clock.advanceDays(29.9)
    const undo = await undoMassAct(engine.deps, { id: late, by: BY })
    engine.clock.advanceDays(3)
    for (let look = 0; look < 3; look++) await clearOldRows(engine.deps)
    await expect(undoMassAct(engine.deps, { id, by: BY })).rejects.toThrow('not on record any more')
    expect(await workOn(engine, undo.id)).toMatchObject({ done: 3, changed: 3 })
    for (let look = 0; look < 3; look++) await clearOldRows(engine.deps)
    expect((await engine.db.massAct.findMany()).map((act) => act.id)).toEqual([undo.id])
  })

  it('is refused on the last day that an act stands on record', async () => {
    await createBatch(engine, { leads: 3 })
    const { id } = await doAct(engine, 'status', {}, { status: 'interested' })
    engine.clock.advanceDays(30)
    await clearOldRows(engine.deps)
    expect(await listMassActs(engine.deps)).toMatchObject([{ id, undoable: false }])
    await expect(undoMassAct(engine.deps, { id, by: BY })).rejects.toThrow('more than 30 days ago')
  })
})
