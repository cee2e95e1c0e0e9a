import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'

describe('the end of an email', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  const atMinute = (minute: number) => engine.clock.set(`2026-03-02T10:0${minute}:00Z`)
  async function endsOf(campaignId: string) {
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId },
      orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
    })
    return emails.map(({ status, endedAt }) => `${status} ${endedAt?.toISOString().slice(11, 16) ?? 'open'}`)
  }

  it('is noted whichever way it comes, for the steps that end with it, and taken back when it is tried again', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 4, days: [0, 1] })
    const [refused, silenced, hidden] = leads
    expect(await endsOf(id)).toEqual(Array(8).fill('pending open'))

    atMinute(1)
    await setLeadStatus(engine.deps, { ids: [silenced?.id ?? ''], status: 'not_interested', by: BY })
    // Behind the back of those who would skip at once: the send job decides.
    await engine.db.lead.update({ where: { id: hidden?.id ?? '' }, data: { status: 'converted' } })
    atMinute(2)
    engine.sink.behave = (to) => (to === refused?.email ? { at: 'rcpt', code: 554, message: '5.7.1 no' } : undefined)
    await engine.work()
    const [skipped, decided] = [Array(2).fill('skipped 10:01'), Array(2).fill('skipped 10:02')]
    expect(await endsOf(id)).toEqual([
      'failed 10:02',
      'skipped 10:02',
      ...skipped,
      ...decided,
      'sent 10:02',
      'pending open',
    ])

    atMinute(3)
    await retryFailed(engine.deps, { campaignId: id, by: BY })
    expect((await endsOf(id)).slice(0, 2)).toEqual(['pending open', 'pending open'])
    atMinute(4)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    const cancelled = Array(2).fill('cancelled 10:04')
    expect(await endsOf(id)).toEqual([...cancelled, ...skipped, ...decided, 'sent 10:02', 'cancelled 10:04'])
  })

  it('is noted where an email cannot be made, for the steps behind it as well', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 1, days: [0, 1] })
    await engine.db.lead.update({ where: { id: leads[0]?.id ?? '' }, data: { companyName: null } })
    atMinute(1)
    await engine.work()
    expect(await endsOf(id)).toEqual(['failed 10:01', 'skipped 10:01'])
  })

  it('is taken back where refusals were about the mailbox', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 5, days: [0, 1] })
    for (const [i, lead] of leads.entries())
      await engine.db.lead.update({ where: { id: lead.id }, data: { email: `ada@house${i}.example` } })
    await engine.db.mailbox.updateMany({ data: { maxConnections: 1 } })
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.7.1 Our house has a rule against it' })
    await engine.work()
    expect(await endsOf(id)).toEqual(Array(10).fill('pending open'))
  })
})
