import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '@/domain/time/duration'
import { createCampaign } from '@/use-cases/campaigns/create-campaign'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

const HOUR_MS = 3_600_000
const REFUSAL = '554 5.7.1 no'

describe('retry failed', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  /** Three leads and two steps, two days apart; the first two leads' mail is refused, which completes the campaign. */
  const completedWithFailures = async () => {
    const campaign = await startOutreach(engine, { leads: 3, days: [0, 2] })
    const refused = new Set(campaign.leads.slice(0, 2).map(({ email }) => email))
    engine.sink.behave = (to) => (refused.has(to) ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    await engine.work()
    engine.clock.advanceDays(2)
    await engine.work()
    expect(await readLedger(engine, campaign.id)).toMatchObject({ sent: 2, failed: 2, skipped: 2 })
    expect(await statusOf(engine, campaign.id)).toBe('completed')
    engine.sink.behave = () => undefined
    return campaign
  }
  const emailsOf = (campaignId: string, leadId: string | undefined) =>
    engine.db.scheduledEmail.findMany({
      where: { campaignId, leadId: leadId ?? '' },
      orderBy: { workflowStepNumber: 'asc' },
    })

  it('puts chosen ones back with fresh attempts and their later steps with the gaps, and reopens the campaign', async () => {
    const { id, leads, batch } = await completedWithFailures()
    engine.clock.advanceDays(5)
    const [failed] = await emailsOf(id, leads[0]?.id)
    expect(await retryFailed(engine.deps, { campaignId: id, ids: [failed?.id ?? ''], by: BY })).toEqual({
      reopened: 1,
      leftOut: [],
    })
    const emails = await emailsOf(id, leads[0]?.id)
    const now = engine.clock.now().getTime()
    expect(emails.map(({ scheduledFor }) => (scheduledFor.getTime() - now) / DAY_MS)).toEqual([0, 2])
    expect(emails[0]).toMatchObject({ status: 'pending', retryCount: 0, failureReason: REFUSAL, failedAt: null })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, failed: 1, skipped: 1, pending: 2 })
    expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'running',
      completedAt: null,
      emailsFailedCount: 1,
    })
    const holder = await engine.db.leadBatch.findUniqueOrThrow({ where: { id: batch.id } })
    expect(holder.activeCampaignId).toBe(id)
    // In the batch's history the campaign uses it again, since its first start.
    const history = () => engine.db.campaignBatch.findFirstOrThrow({ where: { campaignId: id, batchId: batch.id } })
    expect(await history()).toMatchObject({ startedAt: new Date('2026-03-02T09:00:00Z'), completedAt: null })
    for (let day = 0; day < 3; day++) {
      await engine.work()
      engine.clock.advanceDays(1)
    }
    expect(await readLedger(engine, id)).toMatchObject({ sent: 4, failed: 1, skipped: 1, pending: 0 })
    expect(await statusOf(engine, id)).toBe('completed')
    expect((await history()).completedAt).not.toBeNull()
    const ids = engine.sink.received.map(({ messageId }) => messageId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('puts all back where none is chosen; two at once put each back once', async () => {
    const { id } = await completedWithFailures()
    const both = await Promise.all([1, 2].map(() => retryFailed(engine.deps, { campaignId: id, by: BY })))
    expect(both.map(({ reopened }) => reopened).sort()).toEqual([0, 2])
    expect(await readLedger(engine, id)).toMatchObject({ failed: 0, skipped: 0, pending: 4 })
  })

  it('moves what waited while the campaign had failed, so that no gap shrinks', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 12, days: [0, 1, 1] })
    const refused = new Set(leads.slice(0, 7).map(({ email }) => email))
    engine.sink.behave = (to) => (refused.has(to) ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    await engine.work()
    expect(await statusOf(engine, id)).toBe('failed')
    // Less than a day overdue: more is moved by the tick anyway.
    engine.clock.advance(DAY_MS + 20 * HOUR_MS)
    const [failed] = await emailsOf(id, leads[0]?.id)
    expect(await retryFailed(engine.deps, { campaignId: id, ids: [failed?.id ?? ''], by: BY })).toEqual({
      reopened: 1,
      leftOut: [],
    })
    expect(await statusOf(engine, id)).toBe('running')
    const now = engine.clock.now().getTime()
    const emails = await emailsOf(id, leads[11]?.id)
    expect(emails.map(({ status, scheduledFor }) => [status, (scheduledFor.getTime() - now) / HOUR_MS])).toEqual([
      ['sent', -44],
      ['pending', 0],
      ['pending', 24],
    ])
  })

  it('leaves a paused campaign paused', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 1] })
    engine.sink.behave = (to) => (to === leads[0]?.email ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    await engine.work()
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    expect(await statusOf(engine, id)).toBe('paused')
    expect(await readLedger(engine, id)).toMatchObject({ sent: 1, pending: 3 })
  })

  it('leaves out those that cannot work, says which, and keeps why they failed; a look changes nothing', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 6, days: [0] })
    engine.sink.behave = (to) =>
      to === leads[0]?.email
        ? { at: 'rcpt', code: 550, message: '5.1.1 no such user' }
        : { at: 'rcpt', code: 554, message: '5.7.1 no' }
    // The rate of failures is nothing of this test.
    await engine.db.campaign.update({ where: { id }, data: { resumedAt: engine.clock.now() } })
    await engine.work()
    await setLeadStatus(engine.deps, { ids: [leads[1]?.id ?? ''], status: 'unsubscribed', by: BY })
    await setLeadStatus(engine.deps, { ids: [leads[2]?.id ?? ''], status: 'replied', by: BY })
    await addSuppression(engine.deps, { value: leads[3]?.email ?? '', by: BY })
    await engine.db.lead.update({ where: { id: leads[4]?.id }, data: { email: 'no address' } })
    const reasons = async () => {
      const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id }, orderBy: { leadId: 'asc' } })
      return emails.map(({ status, failureReason }) => [status, failureReason])
    }
    const before = await reasons()
    const leftOut = ['invalid', 'unsubscribed', 'replied', 'suppressed', 'address_invalid']
    const answer = {
      reopened: 1,
      leftOut: expect.toSatisfy(
        (all: { reason: string; count: number }[]) =>
          all.every(({ count }) => count === 1) &&
          all
            .map(({ reason }) => reason)
            .toSorted()
            .join() === leftOut.toSorted().join(),
      ),
    }
    expect(await retryFailed(engine.deps, { campaignId: id, dryRun: true, by: BY })).toEqual(answer)
    expect(await reasons()).toEqual(before)
    expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toEqual(answer)
    expect(await reasons()).toEqual([...before.slice(0, 5), ['pending', before[5]?.[1]]])
    // The last one says no before its attempt: the skip does not hide why it had failed.
    await setLeadStatus(engine.deps, { ids: [leads[5]?.id ?? ''], status: 'not_interested', by: BY })
    expect(await reasons()).toEqual([...before.slice(0, 5), ['skipped', before[5]?.[1]]])
    expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toMatchObject({ reopened: 0 })
  })

  it('keeps why an email failed when the gates skip it, and says of its later step why that was', async () => {
    const { id, leads } = await completedWithFailures()
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    await engine.db.lead.update({ where: { id: leads[0]?.id }, data: { status: 'not_interested' } })
    await engine.work()
    expect((await emailsOf(id, leads[0]?.id)).map(({ status, failureReason }) => [status, failureReason])).toEqual([
      ['skipped', REFUSAL],
      ['skipped', 'lead_unmailable'],
    ])
    // The new attempt has an answer.
    expect((await emailsOf(id, leads[1]?.id))[0]).toMatchObject({ status: 'sent', failureReason: null })
  })

  it('reopens nothing where nothing can work', async () => {
    const { id, leads } = await completedWithFailures()
    await setLeadStatus(engine.deps, { ids: leads.map((lead) => lead.id), status: 'invalid', by: BY })
    expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toEqual({
      reopened: 0,
      leftOut: [{ reason: 'invalid', count: 2 }],
    })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, failed: 2, skipped: 2 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it('is refused whole while another campaign holds the batch, and names it', async () => {
    const { id, batch, workflow } = await completedWithFailures()
    const other = await createCampaign(engine.deps, {
      campaignType: 'outreach',
      name: 'Other',
      batchIds: [batch.id],
      workflowId: workflow.id,
      by: BY,
    })
    await startCampaign(engine.deps, { campaignId: other.id, by: BY })
    await expect(retryFailed(engine.deps, { campaignId: id, by: BY })).rejects.toMatchObject({
      code: 'batch_in_use',
      message: expect.stringContaining('is in use by "Other"'),
    })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, failed: 2, skipped: 2, pending: 0 })
    expect(await statusOf(engine, id)).toBe('completed')
  })
})
