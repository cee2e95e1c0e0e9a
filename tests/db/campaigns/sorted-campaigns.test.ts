import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CAMPAIGN_SORTS, CHOSEN_CAMPAIGNS_AT_MOST } from '@/domain/campaign/sorts'
import { type ListCampaigns, listCampaigns, listMatchingCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { archiveCampaign } from '@/use-cases/campaigns/remove-campaign'
import { BY, createEngine, createOutreach, type Engine } from '../../support/engine'

// The order of the list of campaigns, and all that match on whatever page.
let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
  for (const [name, status, leads, sent] of [
    ['Birch', 'draft', 1, 9],
    ['Ash', 'running', 3, 5],
    ['Elm', 'paused', 2, 7],
  ] as const) {
    const { id } = await createOutreach(engine, { name, leads: 1 })
    await engine.db.campaign.update({
      where: { id },
      data: { status, totalLeadsTargeted: leads, emailsSentCount: sent },
    })
  }
})
afterAll(() => engine.close())

const names = async (input: Partial<ListCampaigns>) =>
  (await listCampaigns(engine.deps, { type: 'outreach', ...input })).rows.map(({ name }) => name)

describe('campaigns', () => {
  it.each([
    ['name', undefined, ['Ash', 'Birch', 'Elm']],
    ['name', true, ['Elm', 'Birch', 'Ash']],
    ['status', undefined, ['Ash', 'Elm', 'Birch']],
    ['leads', undefined, ['Ash', 'Elm', 'Birch']],
    ['sent', undefined, ['Birch', 'Elm', 'Ash']],
    ['sent', false, ['Ash', 'Elm', 'Birch']],
  ] as const)('are sorted by %s, descending: %s', async (sort, descending, expected) => {
    expect(await names({ sort, descending })).toEqual(expected)
  })

  it('are all there in every order, with those that lack its value last either way', async () => {
    await engine.db.campaign.updateMany({ where: { name: 'Elm' }, data: { maxResultsPerRun: 10 } })
    for (const sort of CAMPAIGN_SORTS)
      for (const descending of [true, false]) expect(await names({ sort, descending })).toHaveLength(3)
    expect((await names({ sort: 'limit', descending: true }))[0]).toBe('Elm')
    expect((await names({ sort: 'limit', descending: false }))[0]).toBe('Elm')
  })

  it('that match are those of the list on whatever page, 500 at the most, in its order', async () => {
    await engine.pool.query(
      `INSERT INTO campaigns (name, campaign_type, status, created_at) SELECT 'Many ' || lpad(i::text, 3, '0'), 'outreach', 'draft', now() - interval '1 year' FROM generate_series(1, 510) i`,
    )
    const asked = { type: 'outreach', search: 'Many', sort: 'name' } as const
    const many = await listMatchingCampaigns(engine.deps, asked)
    expect(many).toHaveLength(CHOSEN_CAMPAIGNS_AT_MOST)
    expect(many.slice(0, 25).map(({ name }) => name)).toEqual(await names(asked))
    const [first] = many
    await archiveCampaign(engine.deps, { campaignId: first?.id ?? '', by: BY })
    expect((await listMatchingCampaigns(engine.deps, asked))[0]?.name).toBe('Many 002')
    expect(await listMatchingCampaigns(engine.deps, { ...asked, archived: true })).toMatchObject([
      { id: first?.id, name: 'Many 001', status: 'draft', archivedAt: expect.any(Date) },
    ])
  })
})
