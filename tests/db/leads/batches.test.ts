import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { createBatch } from '@/use-cases/leads/create-batch'
import { createLead } from '@/use-cases/leads/create-lead'
import { deleteBatch } from '@/use-cases/leads/delete-batch'
import { getBatch } from '@/use-cases/leads/get-batch'
import { listBatches } from '@/use-cases/leads/list-batches'
import { updateBatch } from '@/use-cases/leads/update-batch'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const makeLeads = (tag: string, count: number) =>
  Promise.all(
    Array.from({ length: count }, (_, i) =>
      createLead(engine.deps, { email: `p${i}@${tag}.example`, by: BY }).then(({ id }) => id),
    ),
  )

describe('batches', () => {
  it('are made with leads, renamed, filled and emptied; a lead may be in several', async () => {
    const leadIds = await makeLeads('several', 3)
    const { id, leadCount } = await createBatch(engine.deps, { name: 'Spring', leadIds: leadIds.slice(0, 2), by: BY })
    expect(leadCount).toBe(2)
    await createBatch(engine.deps, { name: 'Summer', leadIds, by: BY })
    const change = { id, name: 'Spring, Baltic', addLeadIds: leadIds, removeLeadIds: leadIds.slice(0, 1), by: BY }
    expect(await updateBatch(engine.deps, change)).toEqual({ id, added: 2, removed: 1 })
    expect(await getBatch(engine.deps, { id })).toMatchObject({
      name: 'Spring, Baltic',
      leadCount: 3,
      activeCampaign: null,
      campaignHistory: [],
      leads: { total: 3 },
    })
    expect(
      await refusal(updateBatch(engine.deps, { id: '01900000-0000-7000-8000-000000000000', name: 'x', by: BY })),
    ).toMatchObject({
      code: 'not_found',
    })
  })

  it('list the newest first, with their leads and the campaign that holds them', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 2, name: 'Holder' })
    await createBatch(engine.deps, { name: 'Last_made', by: BY })
    const { rows: batches } = await listBatches(engine.deps)
    expect(batches.map(({ name }) => name).indexOf('Last_made')).toBeLessThan(
      batches.findIndex(({ name }) => name === 'Spring, Baltic'),
    )
    expect(batches.find((listed) => listed.id === batch.id)).toMatchObject({
      leadCount: 2,
      campaignCount: 1,
      activeCampaign: { id, name: 'Holder', status: 'running' },
    })
    expect((await listBatches(engine.deps, { search: 't_m' })).rows.map(({ name }) => name)).toEqual(['Last_made'])
  })

  it('tell which campaigns used them, and when', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 1, name: 'First use' })
    const startedAt = engine.clock.now()
    engine.clock.advanceDays(1)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    const { campaignHistory, activeCampaign } = await getBatch(engine.deps, { id: batch.id })
    expect(activeCampaign).toBeNull()
    expect(campaignHistory).toEqual([
      { campaignId: id, name: 'First use', status: 'completed', startedAt, completedAt: engine.clock.now() },
    ])
  })
})

describe('deleting a batch', () => {
  it('keeps its leads', async () => {
    const leadIds = await makeLeads('kept', 2)
    const { id } = await createBatch(engine.deps, { name: 'Short-lived', leadIds, by: BY })
    expect(await deleteBatch(engine.deps, { id, by: BY })).toEqual({ id, leadsKept: 2 })
    expect(await engine.db.lead.count({ where: { id: { in: leadIds } } })).toBe(2)
    expect(await refusal(deleteBatch(engine.deps, { id, by: BY }))).toMatchObject({ code: 'not_found' })
  })

  it('is refused while a campaign holds it, after one used it, and while a draft has chosen it', async () => {
    const { id, batch } = await startOutreach(engine, { leads: 1, name: 'Busy' })
    expect(await refusal(deleteBatch(engine.deps, { id: batch.id, by: BY }))).toEqual({
      code: 'in_use',
      message:
        'Batch "Batch of Busy" is in use by campaign "Busy" (running). Nothing was deleted. Wait until the campaign is over, or stop it.',
    })
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await refusal(deleteBatch(engine.deps, { id: batch.id, by: BY }))).toEqual({
      code: 'in_use',
      message:
        'Batch "Batch of Busy" was used by campaign "Busy" (completed). Nothing was deleted. It belongs to that campaign\'s history.',
    })
    const draft = await createOutreach(engine, { name: 'Draft' })
    expect(await refusal(deleteBatch(engine.deps, { id: draft.batch.id, by: BY }))).toEqual({
      code: 'in_use',
      message:
        'Batch "Batch of Draft" is chosen in campaign "Draft" (draft). Nothing was deleted. Take it out of that campaign first.',
    })
  })
})
