import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LimitDays } from '@/db/queries/delivery/mark-sending'
import { type RecordedOutcome, recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { execute } from '@/db/sql'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { BY, createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

const HOUR_MS = 3_600_000
const TODAY = '2026-03-02'
const MESSAGE = { from: 'sales@nexa.example', to: 'ada@customer.example', subject: 'Hello', text: 'Hello', html: null }

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

type Result = Pick<RecordedOutcome, 'id' | 'fencingToken' | 'status'> & Partial<RecordedOutcome>

/** Records results, and answers the emails that changed. */
function record(results: readonly Result[], day: LimitDays | null = null) {
  const complete = results.map(
    (result): RecordedOutcome => ({
      reason: 'said',
      dueAt: null,
      attemptUsed: false,
      addressInvalid: false,
      message: result.status === 'sent' ? MESSAGE : null,
      ...result,
    }),
  )
  return recordOutcomes(engine.deps.sql, complete, day, engine.clock.now())
}

/** Emails of a started campaign, lead by lead and step by step; first emails are `status` under `claim`. */
async function claimed(leads: number, { days = [0], status = 'sending', claim = 1 } = {}) {
  const campaign = await startOutreach(engine, { leads, days })
  await setFirst(campaign.id, status, claim)
  const emails = await engine.db.scheduledEmail.findMany({
    where: { campaignId: campaign.id },
    orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
  })
  return { ...campaign, emails, ids: emails.map(({ id }) => id) }
}

const setFirst = (campaignId: string, status: string, claim: number) =>
  execute(engine.deps.sql)`
    UPDATE scheduled_emails SET status = ${status}, claim = ${claim}, sending_since = ${engine.clock.now()},
           lease_until = ${status === 'sending' ? new Date(engine.clock.realNow().getTime() + 3_600_000) : null}
    WHERE campaign_id = ${campaignId}::uuid AND workflow_step_number = 1`
const email = (id = '') => engine.db.scheduledEmail.findUniqueOrThrow({ where: { id } })
const leadOf = async (id = '') => engine.db.lead.findUniqueOrThrow({ where: { id: (await email(id)).leadId } })

describe('a result of an email', () => {
  it.each(['sent', 'pending', 'failed', 'held'] as const)(
    'of an older claim (%s) changes nothing: somebody else is sending the email',
    async (status) => {
      const { id: campaignId, ids } = await claimed(1, { days: [0, 1] })
      const [id = ''] = ids
      await record([{ id, fencingToken: 1, status: 'pending', dueAt: engine.clock.now() }])
      await setFirst(campaignId, 'sending', 2)
      const before = await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
      const late = { id, fencingToken: 1, status, attemptUsed: true, addressInvalid: status === 'failed' }
      expect(await record([{ ...late, dueAt: status === 'pending' ? engine.clock.now() : null }])).toEqual([])
      expect(await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })).toEqual(before)
      expect(await leadOf(id)).toMatchObject({ status: 'new', emailsSent: 0 })
      expect(await record([{ id, fencingToken: 2, status: 'sent' }])).toMatchObject([
        { id, status: 'sent', was: 'sending' },
      ])
    },
  )

  // What it was when the result came, and what it is then.
  it.each([
    ['sending', 'sent', 'sent'],
    ['sending', 'failed', 'failed'],
    ['sending', 'held', 'held'],
    ['sending', 'pending', 'pending'],
    ['held', 'sent', 'sent'],
    ['held', 'failed', 'failed'],
    ['held', 'pending', 'pending'],
    ['pending', 'sent', 'sent'],
    ['skipped', 'sent', 'sent'],
    ['cancelled', 'sent', 'sent'],
    ['pending', 'failed', 'pending'],
    ['pending', 'held', 'pending'],
    ['skipped', 'failed', 'skipped'],
    ['skipped', 'pending', 'skipped'],
    ['cancelled', 'pending', 'cancelled'],
    ['cancelled', 'held', 'cancelled'],
    ['sent', 'failed', 'sent'],
    ['sent', 'pending', 'sent'],
    ['sent', 'held', 'sent'],
    ['sent', 'sent', 'sent'],
    ['failed', 'pending', 'failed'],
    ['failed', 'sent', 'failed'],
  ] as const)('that is %s, %s under its claim, makes it %s', async (was, status, then) => {
    const { ids } = await claimed(1, { status: was })
    const [id = ''] = ids
    const changed = await record([{ id, fencingToken: 1, status }])
    expect((await email(id)).status).toBe(then)
    const counts = was === 'sending' || was === 'held' || (then === 'sent' && was !== 'sent')
    expect(changed).toHaveLength(counts ? 1 : 0)
    expect(await leadOf(id)).toMatchObject({ emailsSent: counts && then === 'sent' ? 1 : 0 })
    expect(await engine.db.email.count({ where: { id } })).toBe(counts && then === 'sent' ? 1 : 0)
  })

  it('that comes back to a stopped campaign is cancelled', async () => {
    const { id, ids } = await claimed(2)
    await stopCampaign(engine.deps, { campaignId: id, by: BY })
    await record(ids.map((one) => ({ id: one, fencingToken: 1, status: 'pending' })))
    expect(await readLedger(engine, id)).toMatchObject({ planned: 2, cancelled: 2, pending: 0 })
  })
})

describe('the later steps of a lead', () => {
  const dueTimes = async (campaignId: string) => {
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId },
      orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
    })
    return emails.map(({ scheduledFor }) => scheduledFor.getTime())
  }

  it('move along with an email that is tried again later; those of other leads and other campaigns stay', async () => {
    const { id, ids, emails } = await claimed(2, { days: [0, 1, 2] })
    const other = await startOutreach(engine, { leads: 1, days: [0, 1] })
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: other.id },
      data: { leadId: emails[0]?.leadId ?? '' },
    })
    const ofOther = await dueTimes(other.id)
    const before = emails.map(({ scheduledFor }) => scheduledFor.getTime())
    const dueAt = new Date((before[0] ?? 0) + HOUR_MS)
    await record([{ id: ids[0] ?? '', fencingToken: 1, status: 'pending', dueAt, attemptUsed: true }])
    expect((await dueTimes(id)).map((at, i) => at - (before[i] ?? 0))).toEqual([HOUR_MS, HOUR_MS, HOUR_MS, 0, 0, 0])
    expect(await dueTimes(other.id)).toEqual(ofOther)
  })

  it.each([
    ['an email that goes back as it was', 'pending'],
    ['an email that was sent', 'sent'],
    ['an email that is held', 'held'],
  ] as const)('stay where they are behind %s', async (_what, status) => {
    const { id, ids, emails } = await claimed(1, { days: [0, 1] })
    await record([{ id: ids[0] ?? '', fencingToken: 1, status }])
    expect(await dueTimes(id)).toEqual(emails.map(({ scheduledFor }) => scheduledFor.getTime()))
    expect(await email(ids[1])).toMatchObject({ status: 'pending' })
  })

  it('are skipped behind an email that failed; those of other leads, earlier ones and what is done with are not', async () => {
    const { id, ids } = await claimed(2, { days: [0, 1, 1, 1] })
    // The first lead's second step fails; its first was sent, its last cancelled.
    await engine.db.scheduledEmail.updateMany({ where: { id: ids[3] ?? '' }, data: { status: 'cancelled' } })
    await record([{ id: ids[0] ?? '', fencingToken: 1, status: 'pending' }])
    await execute(engine.deps.sql)`
      UPDATE scheduled_emails SET status = 'sending', claim = 1, lease_until = ${engine.clock.realNow()}
      WHERE id = ${ids[1]}::uuid`
    await record([{ id: ids[1] ?? '', fencingToken: 1, status: 'failed' }])
    const emails = await engine.db.scheduledEmail.findMany({
      where: { campaignId: id },
      orderBy: [{ leadId: 'asc' }, { workflowStepNumber: 'asc' }],
    })
    expect(emails.map(({ status }) => status)).toEqual([
      ...['pending', 'failed', 'skipped', 'cancelled'],
      ...['sending', 'pending', 'pending', 'pending'],
    ])
    expect(emails[2]?.failureReason).toBe('previous_step_not_delivered')
  })
})

describe('an address that does not exist', () => {
  it.each([
    ['new', 'invalid'],
    ['contacted', 'invalid'],
    ['follow_up_1', 'invalid'],
    ['follow_up_2', 'invalid'],
    ['interested', 'interested'],
    ['replied', 'replied'],
    ['not_interested', 'not_interested'],
    ['converted', 'converted'],
    ['unsubscribed', 'unsubscribed'],
  ])('of a lead that is %s makes it %s, and is suppressed', async (was, then) => {
    const { ids } = await claimed(1)
    const [id = ''] = ids
    const { id: leadId, email } = await leadOf(id)
    await engine.db.lead.update({ where: { id: leadId }, data: { status: was } })
    await record([{ id, fencingToken: 1, status: 'failed', addressInvalid: true }])
    expect(await leadOf(id)).toMatchObject({ status: then, emailsSent: 0 })
    expect(await engine.db.suppression.findFirst({ where: { value: email } })).toMatchObject({
      reason: 'invalid_address',
    })
  })
})

describe('the place of an email in the daily limits', () => {
  it.each([
    ['sent', 3],
    ['held', 3],
    ['failed', 2],
    ['pending', 2],
  ] as const)('that is %s: %d of 3 reserved of its day, and other days as they were', async (status, reserved) => {
    const { id: campaignId, ids } = await claimed(1)
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    await engine.db.mailboxDay.deleteMany()
    for (const day of ['2026-03-01', TODAY]) {
      await engine.db.mailboxDay.create({ data: { mailboxId, day: new Date(day), reserved: 3 } })
      await engine.db.campaignDay.create({ data: { campaignId, day: new Date(day), reserved: 3 } })
    }
    const days = { mailboxId, mailboxDay: TODAY, campaignDays: [{ campaignId, day: TODAY }] }
    await record([{ id: ids[0] ?? '', fencingToken: 1, status }], days)
    const ofMailbox = await engine.db.mailboxDay.findMany({ where: { mailboxId }, orderBy: { day: 'asc' } })
    const ofCampaign = await engine.db.campaignDay.findMany({ where: { campaignId }, orderBy: { day: 'asc' } })
    expect(ofMailbox.map((row) => row.reserved)).toEqual([3, reserved])
    expect(ofCampaign.map((row) => row.reserved)).toEqual([3, reserved])
  })
})
