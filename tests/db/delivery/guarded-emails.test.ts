import { describe, expect, it } from 'vitest'
import {
  holdIfLeaseExpired,
  putHeldBack,
  selectHeld,
  selectHeldBefore,
} from '@/db/queries/delivery/hold-expired-leases'
import { reopenFailed } from '@/db/queries/delivery/reopen-failed'
import { previewShift, rescheduleLongOverdue, shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { skipPendingOfLeads } from '@/db/queries/delivery/skip-pending-of-leads'

import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { CAMPAIGN_STATUSES } from '@/domain/campaign/state'

import { allWithRows } from '../../support/rows'

const HOUR_MS = 3_600_000
const BECAUSE = 'previous_step_not_delivered'

const given = allWithRows()
const { run, now, inHours } = given

const inRealTime = (hours: number) => new Date(given.engine.clock.realNow().getTime() + hours * HOUR_MS)

type Email = Parameters<typeof given.rows.email>[2]
/** Emails of one lead, the steps in the order of the names. */
async function steps(of: { campaignId: string; leadId: string }, emails: Record<string, Email>) {
  const ids: string[] = []
  for (const [i, [name, data]] of Object.entries(emails).entries())
    ids.push(await given.rows.email(name, of, { workflowStepNumber: i + 1, ...data }))
  return ids
}

describe('an email whose lease is over', () => {
  it('is held, while it is being sent and in real time; the others stay', async () => {
    const campaignId = await given.rows.campaign('running')
    const leadId = await given.rows.lead('lead')
    await steps(
      { campaignId, leadId },
      {
        over: { status: 'sending', leaseUntil: inRealTime(-1) },
        open: { status: 'sending', leaseUntil: inRealTime(1) },
        ...Object.fromEntries(EMAIL_STATUSES.filter((s) => s !== 'sending').map((status) => [status, { status }])),
      },
    )
    const times = { realNow: given.engine.clock.realNow(), now: now(), reason: 'delivery unknown' }
    const hold = async () =>
      expect(await run((tx) => holdIfLeaseExpired(tx, times))).toMatchObject([{ campaignId, emails: 1 }])
    expect(await given.rows.changesOf(hold)).toEqual({
      over: { status: 'held', heldAt: now(), leaseUntil: null, failureReason: 'delivery unknown' },
    })
  })
})

describe('held emails', () => {
  it('are found by how long they are held, by campaign, and by name', async () => {
    const leadId = await given.rows.lead('lead')
    const campaignId = await given.rows.campaign('running')
    const other = await given.rows.campaign('other')
    const [, exactly, fresh] = await steps(
      { campaignId, leadId },
      {
        long: { status: 'held', heldAt: inHours(-5) },
        exactly: { status: 'held', heldAt: inHours(-2) },
        fresh: { status: 'held', heldAt: inHours(-1) },
        'sent since': { status: 'sent', heldAt: inHours(-5) },
      },
    )
    const [elsewhere] = await steps(
      { campaignId: other, leadId },
      { elsewhere: { status: 'held', heldAt: inHours(-5) } },
    )
    const named = (ids: readonly string[] = []) => ids.map(given.rows.nameOf).toSorted()
    const before = await selectHeldBefore(given.engine.deps.sql, inHours(-2))
    expect(before.map((one) => [given.rows.nameOf(one.campaignId), named(one.ids)]).toSorted()).toEqual([
      ['other', ['elsewhere']],
      ['running', ['exactly', 'long']],
    ])
    const held = async (ids: string[] | null) =>
      named((await selectHeld(given.engine.deps.sql, { campaignId, ids })).map(({ id }) => id))
    expect(await held(null)).toEqual(['exactly', 'fresh', 'long'])
    expect(await held([exactly ?? '', fresh ?? '', elsewhere ?? ''])).toEqual(['exactly', 'fresh'])
    expect(await held([])).toEqual([])
  })

  it.each(CAMPAIGN_STATUSES)(
    'are sent again, those that are named, with the later steps; in a campaign that is %s',
    async (status) => {
      const campaignId = await given.rows.campaign('campaign', { status })
      const other = await given.rows.campaign('other')
      const leadId = await given.rows.lead('lead')
      const overdue = { status: 'held', heldAt: inHours(-1), failureReason: 'unknown', scheduledFor: inHours(-3) }
      const [first, held] = await steps(
        { campaignId, leadId },
        {
          'step before': { scheduledFor: inHours(-9) },
          held: overdue,
          'step after': { scheduledFor: inHours(4) },
          'step after, skipped': { scheduledFor: inHours(5), status: 'skipped' },
        },
      )
      await steps(
        { campaignId, leadId: await given.rows.lead('other lead') },
        { 'not named': overdue, x: {}, 'of another lead': {} },
      )
      const [elsewhere] = await steps(
        { campaignId: other, leadId },
        { elsewhere: overdue, y: {}, 'elsewhere, after': {} },
      )
      await steps({ campaignId: other, leadId: await given.rows.lead('third lead') }, { a: {}, b: {}, c: {} })
      const ids = [first ?? '', held ?? '', elsewhere ?? '']
      const goesOn = ['running', 'paused', 'failed'].includes(status)
      const back = async () =>
        expect(await run((tx) => putHeldBack(tx, { campaignId, ids, now: now() }))).toHaveLength(goesOn ? 1 : 0)
      const sentAgain = {
        held: { status: 'pending', scheduledFor: now(), heldAt: null, failureReason: null },
        'step after': { scheduledFor: inHours(7) },
      }
      expect(await given.rows.changesOf(back)).toEqual(goesOn ? sentAgain : {})
    },
  )
})

describe('failed emails that are tried again', () => {
  it('go back with the steps that were skipped because of them; others stay, and so do those of other leads', async () => {
    const campaignId = await given.rows.campaign('campaign', { emailsFailedCount: 5 })
    const other = await given.rows.campaign('other', { emailsFailedCount: 5 })
    const leadId = await given.rows.lead('lead')
    const failed = {
      status: 'failed',
      retryCount: 3,
      failedAt: inHours(-2),
      failureReason: '550 no',
      scheduledFor: inHours(-3),
    }
    const skipped = { status: 'skipped', failureReason: BECAUSE }
    const [before, named] = await steps(
      { campaignId, leadId },
      {
        'step before, skipped': skipped,
        failed,
        'step after': { ...skipped, scheduledFor: inHours(4) },
        'step after, skipped for another reason': { status: 'skipped', failureReason: 'suppressed' },
        'step after, cancelled': { status: 'cancelled', failureReason: BECAUSE },
      },
    )
    const otherLead = await given.rows.lead('other lead')
    await steps({ campaignId, leadId: otherLead }, { x: {}, 'not named': failed, 'of another lead': skipped })
    const [, elsewhere] = await steps(
      { campaignId: other, leadId },
      { y: {}, elsewhere: failed, 'elsewhere, after': skipped },
    )
    const ids = [before ?? '', named ?? '', elsewhere ?? '']
    const reopen = async () => expect(await run((tx) => reopenFailed(tx, { campaignId, ids, now: now() }))).toBe(1)
    expect(await given.rows.changesOf(reopen)).toEqual({
      failed: { status: 'pending', scheduledFor: now(), retryCount: 0, failedAt: null },
      'step after': { status: 'pending', failureReason: null, scheduledFor: inHours(7) },
      campaign: { emailsFailedCount: 4 },
    })
  })
})

describe('overdue emails', () => {
  it('move as far as the earliest of their lead is overdue, those that wait in this campaign; a preview says so', async () => {
    const campaignId = await given.rows.campaign('campaign')
    const other = await given.rows.campaign('other')
    const leadId = await given.rows.lead('lead')
    const sent = { status: 'sent', scheduledFor: inHours(-90) }
    const emails = {
      sent,
      late: { scheduledFor: inHours(-3), waitReason: 'pace' },
      after: { scheduledFor: inHours(4) },
    }
    await steps({ campaignId, leadId }, emails)
    await steps(
      { campaignId, leadId: await given.rows.lead('on time') },
      { 'sent too': sent, 'on time': { scheduledFor: inHours(1) } },
    )
    await steps({ campaignId: other, leadId }, { elsewhere: { scheduledFor: inHours(-30) } })
    expect(await previewShift(given.engine.deps.sql, campaignId, now())).toEqual({
      ...{ leadsShifted: 1, emailsShifted: 2, emailsUnchanged: 1, largestShiftSeconds: 10_800 },
      ...{ nextAt: now(), lastAt: inHours(7) },
    })
    expect(await given.rows.changesOf(() => run((tx) => shiftOverdue(tx, campaignId, now())))).toEqual({
      late: { scheduledFor: now(), waitReason: null },
      after: { scheduledFor: inHours(7) },
    })
  })

  it.each(CAMPAIGN_STATUSES)(
    'by more than a day move by themselves, where the campaign runs; it is %s',
    async (status) => {
      const campaignId = await given.rows.campaign('campaign', { status })
      const idle = await given.rows.campaign('another that runs')
      const leadId = await given.rows.lead('lead')
      await steps(
        { campaignId, leadId },
        {
          sent: { status: 'sent', scheduledFor: inHours(-90) },
          late: { scheduledFor: inHours(-25) },
          after: { scheduledFor: inHours(-1) },
          'after, skipped': { status: 'skipped', scheduledFor: inHours(9) },
        },
      )
      await steps(
        { campaignId, leadId: await given.rows.lead('a day late') },
        { 'a day late': { scheduledFor: inHours(-24) } },
      )
      await steps({ campaignId: idle, leadId }, { elsewhere: { scheduledFor: inHours(2) } })
      expect(await given.rows.changesOf(() => rescheduleLongOverdue(given.engine.deps.sql, now()))).toEqual(
        status === 'running' ? { late: { scheduledFor: now() }, after: { scheduledFor: inHours(24) } } : {},
      )
    },
  )
})

describe('emails of leads that may not be emailed any more', () => {
  it.each(['suppressed', 'lead_replied'] as const)(
    'are skipped while they wait (%s), after a reply where the campaign ends with it',
    async (reason) => {
      const leadId = await given.rows.lead('lead')
      const ends = await given.rows.campaign('ends')
      const goesOn = await given.rows.campaign('goes on', { continueAfterReply: true })
      await steps(
        { campaignId: ends, leadId },
        Object.fromEntries(EMAIL_STATUSES.map((status) => [status, { status }])),
      )
      await steps({ campaignId: goesOn, leadId }, { 'goes on': { failureReason: '550 no', waitReason: 'pace' } })
      await steps({ campaignId: ends, leadId: await given.rows.lead('other lead') }, { 'of another lead': {} })
      const skip = () => run((tx) => skipPendingOfLeads(tx, { leadIds: [leadId], reason, at: now() }))
      expect(await given.rows.changesOf(skip)).toEqual({
        pending: { status: 'skipped', failureReason: reason, endedAt: now() },
        ...(reason === 'suppressed' ? { 'goes on': { status: 'skipped', waitReason: null, endedAt: now() } } : {}),
      })
    },
  )
})
