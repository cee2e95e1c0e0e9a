import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFER_REASONS } from '@/domain/delivery/decide'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { getProgress } from '@/use-cases/progress/get-progress'
import { type CampaignEmailRow, listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { BY, createEngine, type Engine, startOutreach } from '../../support/engine'

const HOUR_MS = 3_600_000

/** The groups of a campaign's progress against what each of its emails says for itself. */
describe('why emails wait', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  const recorded = ({ reason }: CampaignEmailRow) => {
    if (!reason) return 'not_due'
    if ((DEFER_REASONS as readonly string[]).includes(reason)) return reason
    return reason.startsWith('retry:') ? 'retry' : 'put_back'
  }
  const saysItself = (row: CampaignEmailRow): string => {
    if (!row.decision) throw new Error('A waiting mail does not say why')
    if (row.decision.kind === 'send') return 'due'
    return row.decision.reason === 'not_due' ? recorded(row) : row.decision.reason
  }
  /** Group by group, checked against the emails; as `{ reason: [count, until] }`. */
  const explain = async (campaignId: string) => {
    const { waiting, ledger } = await getProgress(engine.deps, { campaignId })
    const { rows } = await listCampaignEmails(engine.deps, { campaignId, status: 'pending', pageSize: 1000 })
    const single = Map.groupBy(rows, saysItself)
    const counts = Object.fromEntries(waiting.map(({ reason, count }) => [reason, count]))
    expect(counts).toEqual(Object.fromEntries([...single].map(([reason, emails]) => [reason, emails.length])))
    expect(waiting.reduce((sum, { count }) => sum + count, 0)).toBe(ledger.pending)
    return Object.fromEntries(waiting.map(({ reason, count, until }) => [reason, [count, until]]))
  }
  const later = (hours: number) => new Date(engine.clock.now().getTime() + hours * HOUR_MS)
  const setMailbox = async (data: Parameters<Engine['db']['mailbox']['update']>[0]['data']) => {
    await engine.db.mailbox.updateMany({ data: data as never })
  }

  it('due now, behind a step, not due, and in a paused campaign', async () => {
    const { id } = await startOutreach(engine, { leads: 10, days: [0, 1, 2] })
    expect(await explain(id)).toEqual({ due: [10, null], previous_step_open: [20, later(24)] })
    await engine.work()
    expect(await explain(id)).toEqual({ not_due: [10, later(24)], previous_step_open: [10, later(72)] })
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await explain(id)).toEqual({ campaign_not_running: [20, null] })
  })

  it.each([
    ['a closed window', { windowStartMinute: 600, windowEndMinute: 660 }, ['window_closed', 1]],
    ['a stopped mailbox', { health: 'stopped', healthReason: 'no' }, ['mailbox_stopped', null]],
    ['a mailbox that cools down', { health: 'cooling_down', coolDownUntil: 2 }, ['mailbox_cooling_down', 2]],
    ['a mailbox that bounces', { firstStepsPausedUntil: 3 }, ['bounce_rate', 3]],
    ['a pace', { nextSendAt: 4 }, ['pace', 4]],
  ])('%s, asked before any worker looked', async (_title, change, [reason, hours]) => {
    const { id } = await startOutreach(engine, { leads: 4, days: [0] })
    await setMailbox(
      Object.fromEntries(
        Object.entries(change).map(([key, value]) => [
          key,
          typeof value === 'number' && !key.startsWith('window') ? later(value) : value,
        ]),
      ),
    )
    expect(await explain(id)).toEqual({ [String(reason)]: [4, hours === null ? null : later(Number(hours))] })
  })

  it('limits that are used up, before and after a worker has put the rest off', async () => {
    const { id } = await startOutreach(engine, { leads: 10, days: [0] })
    await setMailbox({ dailyLimit: 4 })
    await engine.db.mailboxDay.create({
      data: { mailboxId: (await engine.db.mailbox.findFirstOrThrow()).id, day: new Date('2026-03-02'), reserved: 4 },
    })
    const midnight = new Date('2026-03-03T00:00:00Z')
    expect(await explain(id)).toEqual({ mailbox_limit: [10, midnight] })
    await engine.work()
    expect(await explain(id)).toEqual({ mailbox_limit: [10, midnight] })
    await setMailbox({ dailyLimit: null })
    await engine.db.campaign.update({ where: { id }, data: { dailyLimit: 3 } })
    engine.clock.set(midnight)
    await engine.work()
    expect(await explain(id)).toEqual({ campaign_limit: [7, new Date('2026-03-04T00:00:00Z')] })
  })

  it('first emails of which a few were put off, and follow-ups that are due behind them or by themselves', async () => {
    const { id, leads } = await startOutreach(engine, { leads: 12, days: [0, 1] })
    const some = (from: number, to: number) => leads.slice(from, to).map((lead) => lead.id)
    const set = (leadIds: string[], step: number, data: object) =>
      engine.db.scheduledEmail.updateMany({
        where: { campaignId: id, leadId: { in: leadIds }, workflowStepNumber: step },
        data,
      })
    await set(some(0, 3), 1, { scheduledFor: later(30), waitReason: 'contacted_recently' })
    await set(some(6, 12), 1, { status: 'sent', sentAt: later(0) })
    engine.clock.advanceDays(1)
    // Step 1: 3 put off, 3 due. Step 2, all due: 6 behind an open step, 6 by themselves.
    expect(await explain(id)).toEqual({
      due: [9, null],
      previous_step_open: [6, null],
      contacted_recently: [3, later(6)],
    })
    // Step 2 is due in part, too.
    await set(some(10, 12), 2, { scheduledFor: later(5), waitReason: 'pace' })
    expect(await explain(id)).toMatchObject({ due: [7, null], pace: [2, later(5)], previous_step_open: [6, null] })
  })

  it('leads mailed lately, a retry, a held step, and two mailboxes of which one is stopped', async () => {
    const first = await engine.db.mailbox.findFirstOrThrow()
    const { id: _id, ...copy } = first
    const second = await engine.db.mailbox.create({ data: { ...copy, name: 'Second', fromEmail: 'two@nexa.example' } })
    const { id, leads } = await startOutreach(engine, { leads: 20, days: [0, 2] })
    await engine.db.campaignMailbox.create({ data: { campaignId: id, mailboxId: second.id } })
    const moved = leads.slice(10).map((lead) => lead.id)
    await engine.db.scheduledEmail.updateMany({ where: { leadId: { in: moved } }, data: { mailboxId: second.id } })
    await engine.db.mailbox.update({ where: { id: second.id }, data: { health: 'stopped' } })
    await engine.db.lead.update({ where: { id: leads[0]?.id }, data: { lastContactedAt: later(-20) } })
    // The server put one off while it was slow.
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: id, leadId: leads[3]?.id ?? '', workflowStepNumber: 1 },
      data: { scheduledFor: later(0.25), waitReason: '421 4.7.0 Slow down' },
    })
    engine.sink.behave = (to) => {
      if (to === leads[1]?.email) return { at: 'rcpt', code: 451, message: '4.2.0 later' }
      return to === leads[2]?.email ? { at: 'data', drop: true } : undefined
    }
    await engine.work()
    const groups = await explain(id)
    // 6 of 10 were sent: their second step is not due. Step 2 of the rest waits for step 1.
    expect(groups).toMatchObject({
      not_due: [6, later(48)],
      mailbox_stopped: [10, null],
      previous_step_open: [14, expect.anything()],
      contacted_recently: [1, later(4)],
      put_back: [1, later(0.25)],
    })
    expect(groups.retry?.[0]).toBe(1)
  })
})
