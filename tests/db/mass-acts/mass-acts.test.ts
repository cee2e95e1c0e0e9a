import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MassChoice, MassFilter } from '@/domain/lists/mass-act'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { listMassActs } from '@/use-cases/mass-acts/list-mass-acts'
import { type AskedMassAct, previewMassAct } from '@/use-cases/mass-acts/preview-mass-act'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { stopMassAct } from '@/use-cases/mass-acts/stop-mass-act'
import { undoMassAct } from '@/use-cases/mass-acts/undo-mass-act'
import { BY, createBatch, createEngine, createOutreach, type Engine, readLedger } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.campaign.deleteMany()
  await engine.db.lead.deleteMany()
  await engine.db.massAct.deleteMany()
  await engine.db.suppression.deleteMany()
})

type Kind = AskedMassAct['kind']
/** Begins an act on what a person has seen counted. */
async function begin(kind: Kind, filter: MassFilter, choice: MassChoice = {}) {
  const { total } = await previewMassAct(engine.deps, { kind, filter, choice })
  return startMassAct(engine.deps, { kind, filter, choice, expected: total, by: BY })
}
async function does(kind: Kind, filter: MassFilter, choice: MassChoice = {}) {
  const { id } = await begin(kind, filter, choice)
  await runMassAct(engine.deps, { massActId: id })
  return actOf(id)
}
const actOf = (id: string) => engine.db.massAct.findUniqueOrThrow({ where: { id } })
const undo = async (id: string) => {
  const taken = await undoMassAct(engine.deps, { id, by: BY })
  await runMassAct(engine.deps, { massActId: taken.id })
  return actOf(taken.id)
}
const statuses = async () =>
  Object.fromEntries(
    (await engine.db.lead.groupBy({ by: ['status'], _count: true })).map(({ status, _count }) => [status, _count]),
  )

describe('a status for all that match', () => {
  it('goes to each of them in steps, to none that comes later, and leaves those that have it', async () => {
    const { leads } = await createBatch(engine, { leads: 1_203 })
    await engine.db.lead.update({ where: { id: leads[7]?.id ?? '' }, data: { status: 'converted' } })
    const { id } = await begin('status', {}, { status: 'converted' })
    await createBatch(engine, { leads: 2, name: 'Later' })
    await runMassAct(engine.deps, { massActId: id })
    expect(await actOf(id)).toMatchObject({
      state: 'done',
      total: 1_203,
      done: 1_203,
      changed: 1_202,
      leftOut: { already: 1 },
    })
    expect(await statuses()).toEqual({ converted: 1_203, new: 2 })
  })

  it('moves on behind the leads that its own filter does not find any more', async () => {
    await createBatch(engine, { leads: 1_100 })
    expect(await does('status', { statuses: ['new'] }, { status: 'interested' })).toMatchObject({ changed: 1_100 })
    expect(await statuses()).toEqual({ interested: 1_100 })
  })

  it('skips what is planned where it ends sequences, and cannot be taken back then', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 4 })
    await startCampaign(engine.deps, { campaignId, by: BY })
    const asked = { kind: 'status' as const, filter: {}, choice: { status: 'not_interested' as const } }
    expect(await previewMassAct(engine.deps, asked)).toMatchObject({ total: 4, emails: { planned: 12, campaigns: 1 } })
    const act = await does('status', {}, { status: 'not_interested' })
    expect(act).toMatchObject({ changed: 4, emailsSkipped: 12 })
    expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 12, skipped: 12, pending: 0 })
    await expect(undoMassAct(engine.deps, { id: act.id, by: BY })).rejects.toThrow('cannot be taken back')
  })

  it('is taken back once: each gets its own status of before, and who was changed since keeps that', async () => {
    const { leads } = await createBatch(engine, { leads: 600 })
    const some = leads.slice(0, 100).map(({ id }) => id)
    await engine.db.lead.updateMany({ where: { id: { in: some } }, data: { status: 'contacted' } })
    const { id } = await does('status', {}, { status: 'interested' })
    await engine.db.lead.update({ where: { id: leads[3]?.id ?? '' }, data: { status: 'converted' } })
    expect(await listMassActs(engine.deps)).toMatchObject([{ undoable: true, undone: false }])
    expect(await undo(id)).toMatchObject({ state: 'done', changed: 599, leftOut: { changed_since: 1 } })
    expect(await statuses()).toEqual({ contacted: 99, converted: 1, new: 500 })
    await expect(undo(id)).rejects.toThrow('taken back already')
  })
})

describe('an act on its way', () => {
  it('is refused when another number matches than was seen', async () => {
    await createBatch(engine, { leads: 3 })
    const asked = { kind: 'delete' as const, filter: {}, choice: {}, expected: 2, by: BY }
    await expect(startMassAct(engine.deps, asked)).rejects.toThrow('3 leads match by now, not 2. Nothing was changed.')
    expect(await engine.db.lead.count()).toBe(3)
  })

  it('is gone on with by another worker where the one before has ended, and looks at nobody twice', async () => {
    await createBatch(engine, { leads: 1_100 })
    const { id } = await begin('status', {}, { status: 'converted' })
    // The first worker is told to end after its first step.
    const ending = new AbortController()
    const enqueued: string[] = []
    const queue = { ...engine.deps.queue, enqueueMassAct: async (act: string) => void enqueued.push(act) }
    const log = { ...engine.deps.log }
    const deps = { ...engine.deps, queue, log }
    const first = runMassAct({ ...deps, clock: endingClock(ending) }, { massActId: id, signal: ending.signal })
    await first
    expect(await actOf(id)).toMatchObject({ state: 'working', done: 500 })
    await runTick(deps)
    expect(enqueued).toEqual([id])
    await Promise.all([runMassAct(deps, { massActId: id }), runMassAct(deps, { massActId: id })])
    expect(await actOf(id)).toMatchObject({ state: 'done', done: 1_100, changed: 1_100, leftOut: {} })
  })

  it('is stopped after a step: what it has changed stays', async () => {
    await createBatch(engine, { leads: 1_100 })
    const { id } = await begin('status', {}, { status: 'converted' })
    const ending = new AbortController()
    await runMassAct({ ...engine.deps, clock: endingClock(ending) }, { massActId: id, signal: ending.signal })
    await stopMassAct(engine.deps, { id, by: BY })
    await runMassAct(engine.deps, { massActId: id })
    expect(await actOf(id)).toMatchObject({ state: 'stopped', changed: 500 })
    expect(await statuses()).toEqual({ converted: 500, new: 600 })
    await expect(stopMassAct(engine.deps, { id, by: BY })).rejects.toThrow('over already')
  })

  /** Campaign time, of which the first step asks once. */
  const endingClock = (ending: AbortController) => ({
    ...engine.clock,
    now: () => {
      ending.abort()
      return engine.clock.now()
    },
  })
})

describe('an act of long ago', () => {
  it('is forgotten with the leads that it changed, and a later one is not', async () => {
    await createBatch(engine, { leads: 3 })
    const { id: old } = await does('status', {}, { status: 'converted' })
    const { id: late } = await does('status', {}, { status: 'interested' })
    const dayBefore = new Date(engine.clock.now().getTime() - 32 * 86_400_000)
    await engine.db.massAct.update({ where: { id: old }, data: { endedAt: dayBefore } })
    // The leads in one look, the act in the next.
    for (let look = 0; look < 2; look++) await clearOldRows(engine.deps)
    expect((await engine.db.massAct.findMany()).map(({ id }) => id)).toEqual([late])
    expect(await engine.db.massActLead.count()).toBe(3)
  })
})

describe('a batch for all that match', () => {
  it('takes those that are not in it, and lets them go again when that is taken back', async () => {
    const { batch, leads } = await createBatch(engine, { leads: 5, name: 'Target' })
    await createBatch(engine, { leads: 600, name: 'Others' })
    const act = await does('batch', {}, { batchId: batch.id })
    expect(act).toMatchObject({ changed: 600, leftOut: { already: 5 } })
    expect(await engine.db.batchLead.count({ where: { batchId: batch.id } })).toBe(605)
    expect(await undo(act.id)).toMatchObject({ changed: 600 })
    const left = await engine.db.batchLead.findMany({ where: { batchId: batch.id } })
    expect(left.map(({ leadId }) => leadId).sort()).toEqual(leads.map(({ id }) => id).sort())
  })

  it('ends in plain words when the batch is deleted meanwhile', async () => {
    const batch = await engine.db.leadBatch.create({ data: { name: 'Short' } })
    await createBatch(engine, { leads: 3 })
    const { id } = await begin('batch', {}, { batchId: batch.id })
    await engine.db.leadBatch.delete({ where: { id: batch.id } })
    await runMassAct(engine.deps, { massActId: id })
    expect(await actOf(id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('batch was deleted') })
  })
})

describe('suppressing and deleting all that match', () => {
  it('puts addresses on the list and skips their emails; those on it stay as they were', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 3 })
    await startCampaign(engine.deps, { campaignId, by: BY })
    const one = await engine.db.lead.findFirstOrThrow()
    const entry = { kind: 'address', value: one.email, reason: 'bounced', source: 'manual' }
    await engine.db.suppression.create({ data: entry })
    expect(await previewMassAct(engine.deps, { kind: 'suppress', filter: {}, choice: {} })).toMatchObject({
      total: 3,
      already: 1,
    })
    expect(await does('suppress', {})).toMatchObject({ changed: 2, leftOut: { already: 1 }, emailsSkipped: 9 })
    expect(await engine.db.suppression.count({ where: { reason: 'manual' } })).toBe(2)
    expect(await engine.db.suppression.count({ where: { reason: 'bounced' } })).toBe(1)
  })

  it('leaves who gets an email at this moment, deletes the others, and the ledger balances', async () => {
    const { id: campaignId } = await createOutreach(engine, { leads: 4 })
    await startCampaign(engine.deps, { campaignId, by: BY })
    const email = await engine.db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 1 } })
    await engine.db.scheduledEmail.update({
      where: { id: email.id },
      data: { status: 'sending', claim: 1, sendingSince: new Date(), leaseUntil: new Date(Date.now() + 60_000) },
    })
    const act = await does('delete', { search: 'customer' })
    expect(act).toMatchObject({ state: 'done', changed: 3, leftOut: { sending: 1 }, emailsSkipped: 9 })
    expect((await engine.db.lead.findMany()).map(({ id }) => id)).toEqual([email.leadId])
    expect(await readLedger(engine, campaignId)).toMatchObject({ planned: 3, pending: 2, sending: 1 })
  })

  it('does so to chosen leads alone', async () => {
    const { leads } = await createBatch(engine, { leads: 5 })
    const ids = leads.slice(1, 3).map(({ id }) => id)
    expect(await does('suppress', { ids })).toMatchObject({ total: 2, changed: 2 })
  })
})
