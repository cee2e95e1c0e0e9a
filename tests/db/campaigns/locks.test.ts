import { afterAll, beforeAll, describe, it } from 'vitest'
import { lockCampaignByWrite } from '@/db/queries/campaigns/campaign-row'
import { lockRecurringCampaign } from '@/db/queries/campaigns/change-last-day'
import { lockFinishedCampaigns } from '@/db/queries/campaigns/complete-campaigns'
import { putHeldBack } from '@/db/queries/delivery/hold-expired-leases'
import type { Tx } from '@/db/sql'
import { createEngine, type Engine } from '../../support/engine'
import { createRows } from '../../support/rows'
import { waitsFor } from '../../support/until-blocked'

let engine: Engine
let rows: ReturnType<typeof createRows>
beforeAll(async () => {
  engine = await createEngine()
  rows = createRows(engine)
})
afterAll(() => engine.close())

const now = () => engine.clock.now()
const pauseWaitsFor = (id: string, lock: (tx: Tx) => Promise<unknown>) =>
  waitsFor(engine.deps.sql, lock, () => engine.db.campaign.update({ where: { id }, data: { status: 'paused' } }))

const LOCKS: [string, (tx: Tx, campaignId: string) => Promise<unknown>][] = [
  ['a completion', (tx, id) => lockFinishedCampaigns(tx, [id])],
  ['a change of its last day', lockRecurringCampaign],
  ['a write that needs it to stay open', (tx, id) => lockCampaignByWrite(tx, { campaignId: id, at: now() })],
]

describe('a decision about a campaign', () => {
  it.each(LOCKS)('%s: a stop or a pause waits for it', async (_what, lock) => {
    const id = await rows.campaign('campaign', { isRecurring: true, recurringInterval: 'daily' })
    await pauseWaitsFor(id, (tx) => lock(tx, id))
  })

  it('held emails that are sent again: a stop or a pause waits for it', async () => {
    const id = await rows.campaign('campaign')
    const held = await rows.email('held', { campaignId: id, leadId: await rows.lead('lead') }, { status: 'held' })
    await pauseWaitsFor(id, (tx) => putHeldBack(tx, { campaignId: id, ids: [held], now: now() }))
  })
})
