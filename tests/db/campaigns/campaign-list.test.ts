import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import type { LeadStatus } from '@/domain/lead/status'
import { listCampaigns } from '@/use-cases/campaigns/list-campaigns'
import { createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'

describe('the list of campaigns', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

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

  it('counts addresses that were refused for good as bounced, and other failures not', async () => {
    const { id } = await startOutreach(engine, { name: 'Refused', leads: 4, days: [0, 1] })
    const firsts = { campaignId: id, workflowStepNumber: 1 }
    await engine.db.scheduledEmail.updateMany({
      where: firsts,
      data: { status: 'sending', claim: 1, leaseUntil: new Date(engine.clock.realNow().getTime() + 3_600_000) },
    })
    const emails = await engine.db.scheduledEmail.findMany({ where: firsts })
    const results = emails.map((email, i): RecordedOutcome => {
      const reason = ['550 5.1.1 User unknown', '554 5.7.1 no'][i] ?? '250 ok'
      const common = { id: email.id, fencingToken: 1, reason, dueAt: null, attemptUsed: true, message: null }
      return { ...common, status: i < 2 ? 'failed' : 'sent', addressInvalid: i === 0 }
    })
    await recordOutcomes(engine.deps.sql, results, null, engine.clock.now())
    const { rows } = await listCampaigns(engine.deps, { type: 'outreach', search: 'Refused' })
    expect(rows).toMatchObject([{ ledger: { sent: 2, failed: 2 }, contacted: 2, replied: 0, bounced: 1 }])
  })
})
