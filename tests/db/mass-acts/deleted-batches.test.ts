import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateBatch } from '@/use-cases/leads/update-batch'
import { deleteBatchAndLeads } from '@/use-cases/mass-acts/delete-batch-and-leads'
import { countMatchingLeads } from '@/use-cases/mass-acts/preview-mass-act'
import { BY, createBatch, createEngine, type Engine, startOutreach } from '../../support/engine'
import { forgetAll, workOn } from '../../support/mass-acts'
import { refusal } from '../../support/refusal'

// A batch that is deleted with those of its leads that nothing else needs.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(() => forgetAll(engine))

const unused = async (batchId: string) => (await countMatchingLeads(engine.deps, { batchId, unused: true })).total
const deletion = () => engine.db.massAct.findFirstOrThrow({ where: { kind: 'delete' } })

/** A batch of six: two are wanted by nobody else; the others are in another batch, were emailed, are planned for, or have written. */
async function sixLeads() {
  const { batch, leads } = await createBatch(engine, { leads: 6 })
  const ids = leads.map(({ id }) => id)
  const [shared = '', emailed = '', planned = '', written = ''] = ids
  const other = await createBatch(engine, { leads: 0, name: 'Other' })
  await updateBatch(engine.deps, { id: other.batch.id, addLeadIds: [shared], by: BY })
  const at = engine.clock.now()
  await engine.db.lead.update({ where: { id: emailed }, data: { lastContactedAt: at } })
  const campaign = await startOutreach(engine, { leads: 1, name: 'Planner' })
  await engine.pool.query(`UPDATE scheduled_emails SET lead_id = $1 WHERE campaign_id = $2`, [planned, campaign.id])
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.receivedMessage.create({
    data: {
      ...{ mailboxId: mailbox.id, folder: 'INBOX', uidValidity: 1, uid: 1, contentHash: 'x', receivedAt: at },
      ...{ size: 10, kind: 'human', leadId: written, createdAt: at },
    },
  })
  return { batchId: batch.id, ids, otherId: other.batch.id }
}

describe('deleting a batch with its leads', () => {
  it('takes those that nothing else needs, and says how many stay', async () => {
    const { batchId, ids } = await sixLeads()
    expect(await unused(batchId)).toBe(2)
    expect(await deleteBatchAndLeads(engine.deps, { id: batchId, expected: 2, by: BY })).toEqual({
      id: batchId,
      leadsKept: 4,
    })
    expect(await engine.db.leadBatch.count({ where: { id: batchId } })).toBe(0)
    expect(await workOn(engine, (await deletion()).id)).toMatchObject({ state: 'done', total: 2, changed: 2 })
    const left = await engine.db.lead.findMany({ where: { id: { in: ids } }, select: { id: true } })
    expect(left.map(({ id }) => id).toSorted()).toEqual(ids.slice(0, 4).toSorted())
  })

  it('leaves whoever has joined another batch before the worker came', async () => {
    const { batchId, ids, otherId } = await sixLeads()
    await deleteBatchAndLeads(engine.deps, { id: batchId, expected: 2, by: BY })
    await updateBatch(engine.deps, { id: otherId, addLeadIds: ids.slice(5), by: BY })
    expect(await workOn(engine, (await deletion()).id)).toMatchObject({ changed: 1, leftOut: { no_match: 1 } })
    expect(await engine.db.lead.count({ where: { id: ids[5] ?? '' } })).toBe(1)
  })

  it('is refused when another number goes by now, or a campaign needs the batch, and nothing is changed', async () => {
    const { batchId, ids } = await sixLeads()
    const asked = { id: batchId, expected: 3, by: BY }
    expect(await refusal(deleteBatchAndLeads(engine.deps, asked))).toMatchObject({ code: 'conflict' })
    const { batch } = await startOutreach(engine, { leads: 1, name: 'Busy' })
    expect(await refusal(deleteBatchAndLeads(engine.deps, { ...asked, id: batch.id }))).toMatchObject({
      code: 'in_use',
    })
    expect(await engine.db.batchLead.count({ where: { batchId } })).toBe(6)
    expect(await engine.db.lead.count({ where: { id: { in: ids } } })).toBe(6)
    expect(await engine.db.massAct.count()).toBe(0)
  })
})
