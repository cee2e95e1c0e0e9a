import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LeadStatus } from '@/domain/lead/status'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

describe('the list of campaigns', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())

  it('counts for each campaign the leads it has mailed once, by what became of them', async () => {
    const first = await startOutreach(engine, { name: 'First', leads: 5, days: [0, 1] })
    const second = await startOutreach(engine, { name: 'Second', leads: 1, days: [0], batchIds: [] })
    const unsent = await createOutreach(engine, { name: 'Third', leads: 1 })
    const became: LeadStatus[] = ['replied', 'bounced', 'unsubscribed', 'contacted']
    const mailed = first.leads.slice(0, became.length)
    for (const [i, { id }] of mailed.entries()) {
      await engine.db.lead.update({ where: { id }, data: { status: became[i] ?? 'new' } })
    }
    // Both steps of four leads were sent; the fifth lead's mail failed.
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: first.id, leadId: { in: mailed.map(({ id }) => id) } },
      data: { status: 'sent', sentAt: engine.clock.now() },
    })
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: first.id, leadId: first.leads[4]?.id ?? '' },
      data: { status: 'failed' },
    })
    // The only mail of the second campaign went to a lead of the first, who replied.
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: second.id },
      data: { leadId: mailed[0]?.id ?? '', status: 'sent', sentAt: engine.clock.now() },
    })
    const { rows } = await listCampaigns(engine.deps, { type: 'outreach', sort: 'name' })
    expect(
      rows.map(({ id, contacted, replied, bounced, unsubscribed }) => [id, contacted, replied, bounced, unsubscribed]),
    ).toEqual([
      [first.id, 4, 1, 1, 1],
      [second.id, 1, 1, 0, 0],
      [unsent.id, 0, 0, 0, 0],
    ])
  })
})
