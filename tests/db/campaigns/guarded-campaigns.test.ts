import { describe, expect, it } from 'vitest'
import {
  lockCampaignByWrite,
  setChosenBatches,
  setChosenMailboxes,
  setPlannedStart,
  updateCampaignIf,
} from '@/db/queries/campaigns/campaign-row'
import { cancelPending } from '@/db/queries/campaigns/cancel-pending'
import { lockRecurringCampaign, setLastDay } from '@/db/queries/campaigns/change-last-day'
import { type Move, moveCampaignIf } from '@/db/queries/campaigns/move-campaign'

import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES, type CampaignStatus, NEXT } from '@/domain/campaign/state'

import { allWithRows } from '../../support/rows'

const given = allWithRows()
const { run, now, inHours } = given

describe('moving a campaign', () => {
  const move = (id: string, to: CampaignStatus, more: Partial<Move> = {}) =>
    run((tx) => moveCampaignIf(tx, { id, to, at: now(), actor: 'ada', kind: 'moved', message: 'Moved', ...more }))

  it.each(CAMPAIGN_STATUSES)(
    'to %s is made from where the state table allows it, of the one that is named',
    async (to) => {
      for (const status of CAMPAIGN_STATUSES) {
        const id = await given.rows.campaign(`from ${status}`, { status })
        await given.rows.campaign('another', { status })
        const legal = (NEXT[status] as readonly string[]).includes(to)
        const changes = await given.rows.changesOf(async () =>
          expect([status, await move(id, to)]).toEqual([status, legal ? { was: status } : null]),
        )
        expect(changes).toEqual(legal ? { [`from ${status}`]: expect.objectContaining({ status: to }) } : {})
        const events = await given.engine.db.campaignEvent.findMany({ where: { campaignId: id } })
        expect(events.map(({ fromStatus, toStatus }) => [fromStatus, toStatus])).toEqual(legal ? [[status, to]] : [])
        await given.rows.clear()
      }
    },
  )

  it('is made only from the statuses that are named, where some are', async () => {
    const id = await given.rows.campaign('failed', { status: 'failed' })
    expect(await given.rows.changesOf(() => move(id, 'running', { from: ['paused'] }))).toEqual({})
    expect(await given.rows.changesOf(() => move(id, 'running', { from: ['failed'] }))).toMatchObject({
      failed: { status: 'running' },
    })
  })

  it('writes the times of its life where they belong, and no others', async () => {
    const began = { actualStartedAt: inHours(-9) }
    const broken = { ...began, failedAt: inHours(-1), failureReason: 'Broken' }
    const at = now()
    const moves: [string, Parameters<typeof given.rows.campaign>[1], CampaignStatus, object][] = [
      ['starts', { status: 'draft' }, 'running', { status: 'running', actualStartedAt: at }],
      ['starts by itself', { status: 'scheduled' }, 'running', { status: 'running', actualStartedAt: at }],
      ['pauses', began, 'paused', { status: 'paused', pausedAt: at, statusReason: 'Why' }],
      ['fails', began, 'failed', { status: 'failed', failedAt: at, failureReason: 'Why', statusReason: 'Why' }],
      [
        'resumes',
        { ...began, status: 'paused', pausedAt: inHours(-1) },
        'running',
        { status: 'running', resumedAt: at },
      ],
      [
        'resumes after a failure',
        { ...broken, status: 'failed' },
        'running',
        { status: 'running', resumedAt: at, failedAt: null, failureReason: null },
      ],
      [
        'reopens',
        { ...began, status: 'completed', completedAt: at },
        'running',
        { status: 'running', completedAt: null },
      ],
      ['is stopped', { ...began, status: 'paused' }, 'completed', { status: 'completed', completedAt: at }],
      [
        'is stopped after a failure',
        { ...broken, status: 'failed' },
        'completed',
        { status: 'completed', completedAt: at },
      ],
    ]
    for (const [name, data, to, changed] of moves) {
      const id = await given.rows.campaign(name, data)
      const reason = ['paused', 'failed'].includes(to) ? 'Why' : null
      expect(await given.rows.changesOf(() => move(id, to, { reason }))).toEqual({ [name]: changed })
    }
  })
})

describe('stopping a campaign', () => {
  it('cancels what is pending of it, and nothing else', async () => {
    const leadId = await given.rows.lead('lead')
    const campaignId = await given.rows.campaign('stopped')
    const other = await given.rows.campaign('other')
    for (const [i, status] of EMAIL_STATUSES.entries()) {
      const data = { status, workflowStepNumber: i + 1, waitReason: status === 'pending' ? 'pace' : null }
      await given.rows.email(status, { campaignId, leadId }, data)
      await given.rows.email(`other ${status}`, { campaignId: other, leadId }, data)
    }
    expect(
      await given.rows.changesOf(async () => expect(await run((tx) => cancelPending(tx, campaignId, now()))).toBe(1)),
    ).toEqual({ pending: { status: 'cancelled', waitReason: null, endedAt: now() } })
  })
})

describe('changing the last day', () => {
  it('is for a campaign under way whose runs recur', async () => {
    const recurring = { isRecurring: true, recurringInterval: 'daily' as const }
    const lock = (id: string) => run((tx) => lockRecurringCampaign(tx, id))
    for (const status of CAMPAIGN_STATUSES) {
      const id = await given.rows.campaign(status, { ...recurring, status })
      const isUnderWay = ['scheduled', 'running', 'paused'].includes(status)
      expect([status, (await lock(id)) !== null]).toEqual([status, isUnderWay])
    }
    expect(await lock(await given.rows.campaign('once', { ...recurring, isRecurring: false }))).toBeNull()
    expect(await lock(await given.rows.campaign('without interval', { isRecurring: true }))).toBeNull()
    const weekly = await given.rows.campaign('weekly', {
      isRecurring: true,
      recurringInterval: 'weekly',
      nextRunAt: inHours(3),
    })
    expect(await lock(weekly)).toMatchObject({ recurringInterval: 'weekly', nextRunAt: inHours(3) })
  })

  it('changes the one that is named', async () => {
    const campaignId = await given.rows.campaign('named')
    await given.rows.campaign('another')
    const days = { endDate: inHours(48), nextRunAt: inHours(24) }
    expect(await given.rows.changesOf(() => run((tx) => setLastDay(tx, { campaignId, ...days, at: now() })))).toEqual({
      named: days,
    })
  })
})

describe('saving a campaign', () => {
  it('writes the one that is named, and what is for drafts alone in a draft alone', async () => {
    await given.rows.campaign('another', { status: 'draft' })
    for (const status of CAMPAIGN_STATUSES) {
      const campaignId = await given.rows.campaign(status, { status })
      const save = (onlyDraft: boolean, description: string) =>
        run((tx) => updateCampaignIf(tx, { campaignId, patch: { description }, onlyDraft, at: now() }))
      const changes = await given.rows.changesOf(async () =>
        expect([status, await save(true, 'Plan')]).toEqual([status, status === 'draft']),
      )
      expect(changes).toEqual(status === 'draft' ? { draft: { description: 'Plan' } } : {})
      expect(await given.rows.changesOf(() => save(false, 'Words'))).toEqual({ [status]: { description: 'Words' } })
    }
  })

  it('chooses batches and mailboxes for it alone; those it had keep their history', async () => {
    const campaignId = await given.rows.campaign('named')
    const other = await given.rows.campaign('another')
    const { id: mailboxId, ...copy } = await given.engine.db.mailbox.findFirstOrThrow()
    const further = await given.engine.db.mailbox.create({ data: { ...copy, fromEmail: 'further@nexa.example' } })
    const [kept, gone, fresh] = [
      await given.rows.batch('kept'),
      await given.rows.batch('gone'),
      await given.rows.batch('fresh'),
    ]
    for (const id of [campaignId, other]) {
      for (const batchId of [kept, gone])
        await given.engine.db.campaignBatch.create({ data: { campaignId: id, batchId, startedAt: inHours(-1) } })
      await given.engine.db.campaignMailbox.create({ data: { campaignId: id, mailboxId } })
    }
    const chosen = () => run((tx) => setChosenBatches(tx, campaignId, [kept, fresh]))
    expect(await given.rows.changesOf(chosen)).toEqual({
      'named/gone': null,
      'named/fresh': { campaignId, batchId: fresh, startedAt: null, completedAt: null },
    })
    const assign = (...ids: string[]) =>
      given.rows.changesOf(() => run((tx) => setChosenMailboxes(tx, campaignId, ids)))
    expect(await assign(mailboxId, further.id)).toEqual({
      [`named/${further.id}`]: { campaignId, mailboxId: further.id },
    })
    expect(await assign(further.id)).toEqual({ [`named/${mailboxId}`]: null })
    await given.engine.db.campaignMailbox.deleteMany()
    await given.engine.db.mailbox.delete({ where: { id: further.id } })
  })

  it('plans its start, and takes its lock, without touching another', async () => {
    const campaignId = await given.rows.campaign('named')
    await given.rows.campaign('another', { scheduledStartAt: inHours(5), startType: 'scheduled' })
    const plan = (startAt: Date | null) =>
      given.rows.changesOf(() => run((tx) => setPlannedStart(tx, { campaignId, startAt })))
    expect(await plan(inHours(1))).toEqual({ named: { scheduledStartAt: inHours(1), startType: 'scheduled' } })
    expect(await plan(null)).toEqual({ named: { scheduledStartAt: null, startType: 'manual' } })
    expect(
      await given.rows.changesOf(() => run((tx) => lockCampaignByWrite(tx, { campaignId, at: inHours(1) }))),
    ).toEqual({
      named: {},
    })
  })
})
