import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { CAMPAIGN_STATUSES } from '@/domain/campaign/state'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { archiveCampaign, unarchiveCampaign } from '@/use-cases/campaigns/remove-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { BY, createEngine, createOutreach, type Engine, readLedger } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.campaign.deleteMany()
})

const list = (archived = false, search?: string) =>
  listCampaigns(engine.deps, { type: 'outreach', archived, ...(search ? { search } : {}) })
const names = async (archived?: boolean) => (await list(archived)).rows.map(({ name }) => name)
const archive = (campaignId: string) => archiveCampaign(engine.deps, { campaignId, by: BY })

it('takes a campaign that is over off the list, with its numbers, and brings it back as it was', async () => {
  const { id } = await createOutreach(engine, { leads: 2, name: 'Spring' })
  await createOutreach(engine, { leads: 1, name: 'Summer' })
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  await stopCampaign(engine.deps, { campaignId: id, by: BY })
  const before = (await list()).rows.find((row) => row.id === id)
  await archive(id)
  // Twice is no error, and no second event.
  await archive(id)
  expect(await names()).toEqual(['Summer'])
  const archived = await list(true)
  expect(archived).toMatchObject({
    total: 1,
    archived: 1,
    byStatus: { completed: 0, draft: 1 },
    byType: { outreach: 1 },
  })
  expect({ ...archived.rows[0], archivedAt: null }).toEqual(before)
  expect(await readLedger(engine, id)).toMatchObject({ planned: 6, cancelled: 6 })
  expect((await list(true, 'Summer')).archived).toBe(0)
  await unarchiveCampaign(engine.deps, { campaignId: id, by: BY })
  expect([await names(), await names(true)]).toEqual([['Summer', 'Spring'], []])
  const kinds = (await engine.db.campaignEvent.findMany({ where: { campaignId: id } })).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind.includes('archived'))).toEqual(['archived', 'unarchived'])
})

it('refuses what still has anything to come, whatever it is', async () => {
  const { id } = await createOutreach(engine, { name: 'Open' })
  for (const status of CAMPAIGN_STATUSES) {
    await engine.db.campaign.update({ where: { id }, data: { status, archivedAt: null } })
    if (['draft', 'completed', 'failed'].includes(status)) await archive(id)
    else await expect(archive(id)).rejects.toThrow(`"Open" is ${status}, so it was not archived`)
    const { archivedAt } = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
    expect([status, archivedAt !== null]).toEqual([status, ['draft', 'completed', 'failed'].includes(status)])
  }
})

it('brings an archived campaign back by itself when it starts', async () => {
  const { id } = await createOutreach(engine, { leads: 1, name: 'Draft' })
  await archive(id)
  await startCampaign(engine.deps, { campaignId: id, by: BY })
  expect(await names()).toEqual(['Draft'])
  await expect(engine.db.campaign.update({ where: { id }, data: { archivedAt: new Date() } })).rejects.toThrow()
})
