import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { DAY_MS } from '@/domain/time/duration'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { getProgress } from '@/use-cases/progress/get-progress'
import { createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../support/engine'

describe('guardrails', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())
  const mailboxId = async () => (await engine.db.mailbox.findFirstOrThrow()).id
  const unknown = (addresses: (string | undefined)[]) => {
    const gone = new Set(addresses)
    engine.sink.behave = (to) => (gone.has(to) ? { at: 'rcpt', code: 550, message: '5.1.1 User unknown' } : undefined)
  }

  it('past 5 % bounces first emails pause, follow-ups go on, and both are said where one looks', async () => {
    const earlier = await startOutreach(engine, { leads: 30, days: [0, 1], name: 'Earlier' })
    await engine.work()
    engine.clock.advanceDays(1)
    // Step 2 of the first campaign is due at once with step 1 of another, whose addresses are bad.
    const bad = await startOutreach(engine, { leads: 200, days: [0, 3], name: 'Bad list' })
    unknown(bad.leads.filter((_, i) => i % 4 === 0).map(({ email }) => email))
    await engine.work()
    // The job that saw the bounces ends; the next one puts off what is left.
    await engine.work()
    expect(await readLedger(engine, earlier.id)).toMatchObject({ sent: 60, pending: 0 })
    const { failed, sent, pending } = await readLedger(engine, bad.id)
    expect(failed).toBeGreaterThan(0)
    // The batches that were under way when the rate was passed still ended.
    expect(failed + sent).toBeLessThan(60)
    expect(pending).toBeGreaterThan(100)
    const until = new Date('2026-03-04T09:00:00Z')
    const waiting = await engine.db.scheduledEmail.findMany({
      where: { campaignId: bad.id, status: 'pending', waitReason: 'bounce_rate' },
    })
    expect(new Set(waiting.map(({ scheduledFor }) => scheduledFor.getTime()))).toEqual(new Set([until.getTime()]))
    const progress = await getProgress(engine.deps, { campaignId: bad.id })
    expect(progress.mailboxes[0]?.firstStepsPausedUntil).toEqual(until)
    expect((await listMailboxes(engine.deps))[0]?.firstStepsPausedUntil).toEqual(until)
    const events = await engine.db.campaignEvent.findMany({ where: { campaignId: bad.id, kind: 'first_mails_paused' } })
    expect(events).toHaveLength(1)
    expect(events[0]?.message).toContain('More than 5 % of the emails of sales@example.com bounced')
    // Later steps moved along, so their gaps hold.
    const step2 = await engine.db.scheduledEmail.findFirst({
      where: { campaignId: bad.id, workflowStepNumber: 2, leadId: waiting[0]?.leadId ?? '' },
    })
    expect(step2?.scheduledFor.getTime()).toBe(until.getTime() + 3 * DAY_MS)

    unknown([])
    engine.clock.set(until)
    await engine.work()
    expect((await listMailboxes(engine.deps))[0]?.firstStepsPausedUntil).toBeNull()
    expect(await readLedger(engine, bad.id)).toMatchObject({ failed, sent: 200 - failed })
  })

  it('a few bad addresses among many pause nothing, and saving the mailbox ends a pause', async () => {
    const { id: campaignId, leads } = await startOutreach(engine, { leads: 100, days: [0] })
    unknown(leads.slice(-4).map(({ email }) => email))
    await engine.work()
    expect(await readLedger(engine, campaignId)).toMatchObject({ sent: 96, failed: 4 })
    expect((await listMailboxes(engine.deps))[0]?.firstStepsPausedUntil).toBeNull()
    const id = await mailboxId()
    await engine.db.mailbox.update({ where: { id }, data: { firstStepsPausedUntil: new Date('2026-03-03T09:00:00Z') } })
    const mailbox = mailboxInput.parse({
      name: 'M',
      kind: 'environment',
      fromName: 'Ada',
      fromEmail: 'ada@nexa.example',
    })
    await updateMailbox(engine.deps, { mailboxId: id, mailbox })
    expect((await listMailboxes(engine.deps))[0]?.firstStepsPausedUntil).toBeNull()
  })

  it('messages refused in one job pause nothing while others are accepted between them', async () => {
    const id = await mailboxId()
    // One after the other, in one job.
    await engine.db.mailbox.update({ where: { id }, data: { maxConnections: 1 } })
    const campaign = await startOutreach(engine, { leads: 8, days: [0] })
    const asked: string[] = []
    engine.sink.behave = (to) => {
      if (!asked.includes(to)) asked.push(to)
      return asked.indexOf(to) % 2 === 1 ? { at: 'data', code: 554, message: '5.6.0 Malformed' } : undefined
    }
    await sendMailbox(engine.deps, { mailboxId: id })
    expect(asked).toHaveLength(8)
    expect(await statusOf(engine, campaign.id)).toBe('completed')
    // Each of them for itself, not again and again.
    expect(await readLedger(engine, campaign.id)).toMatchObject({ sent: 4, failed: 4, pending: 0 })
  })

  it('three messages refused in a row pause the campaign also where a job sends one email only', async () => {
    await engine.db.mailbox.update({ where: { id: await mailboxId() }, data: { minGapSeconds: 300 } })
    const { id } = await startOutreach(engine, { leads: 10, days: [0] })
    let accept = true
    engine.sink.behave = () => (accept ? undefined : { at: 'data', code: 554, message: '5.6.0 Malformed' })
    const minutes = async (count: number) => {
      for (let minute = 0; minute < count; minute++) {
        await engine.work()
        engine.clock.advance(60_000)
      }
    }
    await minutes(1)
    accept = false
    await minutes(10)
    expect(await statusOf(engine, id)).toBe('running')
    accept = true
    await minutes(5)
    accept = false
    // One that was accepted in between starts the count anew.
    await minutes(10)
    expect(await statusOf(engine, id)).toBe('running')
    await minutes(5)
    expect(await statusOf(engine, id)).toBe('paused')
    expect((await engine.db.campaign.findUniqueOrThrow({ where: { id } })).statusReason).toContain('5.6.0 Malformed')
    // The three are back; the two before were refused between others that passed.
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, pending: 6, failed: 2 })
  })
})
