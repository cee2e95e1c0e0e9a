import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { BY, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'
import { openWithSources, runsOf, startAutomated, workAll } from '../../support/generation'

describe('a campaign that "Retry failed" reopens', () => {
  let engine: Engine
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ engine, close } = await openWithSources())
  })
  afterEach(() => close())

  it('leaves skipped what was skipped because the lead had said no, whatever the lead says since', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    const ids = leads.map((lead) => lead.id)
    const setFirst = (data: { status: string; claim?: number; leaseUntil: Date | null }) =>
      engine.db.scheduledEmail.updateMany({ where: { campaignId: id, workflowStepNumber: 1 }, data })
    // The first email is on the wire as the lead says no; then it fails.
    await setFirst({ status: 'sending', claim: 1, leaseUntil: new Date(Date.now() + 60_000) })
    await setLeadStatus(engine.deps, { ids, status: 'not_interested', by: BY })
    await setFirst({ status: 'failed', leaseUntil: null })
    await engine.db.campaign.update({ where: { id }, data: { emailsFailedCount: 1 } })
    await setLeadStatus(engine.deps, { ids, status: 'contacted', by: BY })
    expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toEqual({ reopened: 1, leftOut: [] })
    expect(await readLedger(engine, id)).toMatchObject({ pending: 1, skipped: 1, failed: 0 })
    expect(
      await engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId: id, workflowStepNumber: 2 } }),
    ).toMatchObject({ status: 'skipped', failureReason: 'lead_unmailable' })
  })

  it('after a Stop, plans no batch that had waited for its outreach, and completes again', async () => {
    const id = await startAutomated(engine, { days: [0] })
    await workAll(engine)
    let refused = 1
    engine.sink.behave = () => (refused-- > 0 ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    engine.clock.advanceDays(1)
    await workAll(engine)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 10, sent: 9, failed: 1 })
    expect((await runsOf(engine, id)).at(-1)?.batch?.leads).toBe(10)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    engine.clock.advanceDays(2)
    await workAll(engine)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 10, sent: 10 })
    expect(await statusOf(engine, id)).toBe('completed')
  })
})
