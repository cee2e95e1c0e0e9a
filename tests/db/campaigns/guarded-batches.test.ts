import { describe, expect, it } from 'vitest'
import { lockBatchesIfFree, releaseBatches, selectBusyBatch } from '@/db/queries/campaigns/lock-batches'

import { allWithRows } from '../../support/rows'

const HOUR_MS = 3_600_000

const given = allWithRows()
const { run, now } = given

const earlier = () => new Date(now().getTime() - HOUR_MS)

/** A batch that this campaign has chosen; `heldBy` holds it. */
async function choose(
  campaignId: string,
  name: string,
  heldBy: string | null,
  data: { startedAt?: Date; completedAt?: Date } = {},
) {
  const batchId = await given.rows.batch(name, { heldBy })
  await given.engine.db.campaignBatch.create({ data: { campaignId, batchId, ...data } })
  return batchId
}

describe('the batches of a campaign', () => {
  it('are taken where they are free or its own already, and their history begins once', async () => {
    const campaignId = await given.rows.campaign('starts')
    const other = await given.rows.campaign('other')
    const shared = await choose(campaignId, 'free', null)
    await choose(campaignId, 'its own', campaignId, { startedAt: earlier(), completedAt: earlier() })
    await choose(campaignId, 'busy', other)
    await choose(other, 'of another, free', null)
    await given.engine.db.campaignBatch.create({ data: { campaignId: other, batchId: shared } })
    await given.rows.batch('of nobody')
    const take = async () => expect(await run((tx) => lockBatchesIfFree(tx, { campaignId, at: now() }))).toBe(2)
    expect(await given.rows.changesOf(take)).toEqual({
      free: { activeCampaignId: campaignId },
      'its own': {},
      'starts/free': { startedAt: now() },
      'starts/its own': { completedAt: null },
    })
  })

  it('name the first that another campaign holds', async () => {
    const campaignId = await given.rows.campaign('starts')
    const holder = await given.rows.campaign('holder')
    await choose(campaignId, 'a: its own', campaignId)
    await choose(campaignId, 'b: free', null)
    await choose(holder, 'c: of the other', holder)
    const busy = () => selectBusyBatch(given.engine.deps.sql, { campaignId })
    expect(await busy()).toBeNull()
    const batchId = await choose(campaignId, 'd: busy', holder)
    await choose(campaignId, 'e: busy', holder)
    expect(await busy()).toEqual({ batchId, batchName: 'd: busy', holderId: holder, holderName: 'holder' })
  })

  it('are given back, and their history ends once', async () => {
    const campaignId = await given.rows.campaign('is over')
    const other = await given.rows.campaign('other')
    await choose(campaignId, 'its own', campaignId, { startedAt: earlier() })
    await choose(campaignId, 'used before', null, { startedAt: earlier(), completedAt: earlier() })
    await choose(campaignId, 'never used', null)
    await choose(other, 'of another', other, { startedAt: earlier() })
    expect(
      await given.rows.changesOf(() => run((tx) => releaseBatches(tx, { campaignIds: [campaignId], at: now() }))),
    ).toEqual({
      'its own': { activeCampaignId: null },
      'is over/its own': { completedAt: now() },
    })
  })
})
