import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { forecastCampaign } from '@/use-cases/campaigns/forecast-campaign'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { getProgress } from '@/use-cases/progress/get-progress'
import { createEngine, createOutreach, type Engine, readLedger, startOutreach } from '../../support/engine'

const FROM = new Date('2026-03-02')

let engine: Engine
let mailboxId: string
beforeEach(async () => {
  engine = await createEngine()
  ;({ id: mailboxId } = await engine.db.mailbox.findFirstOrThrow())
})
afterEach(() => engine.close())
const ramp = (data: { dailyLimit: number; rampStart: number; rampStep: number; rampFrom?: Date }) =>
  engine.db.mailbox.update({ where: { id: mailboxId }, data: { rampFrom: FROM, ...data } })
const view = async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId)

describe('a mailbox that ramps up', () => {
  it('sends each day what was planned and forecast for it, and shows what it may send today', async () => {
    await ramp({ dailyLimit: 5, rampStart: 1, rampStep: 2 })
    const draft = await createOutreach(engine, { leads: 12, days: [0], name: 'Draft' })
    const forecast = await forecastCampaign(engine.deps, { campaignId: draft.id })
    const { id } = await startOutreach(engine, { leads: 12, days: [0] })
    const planned = await engine.db.scheduledEmail.groupBy({
      by: ['scheduledFor'],
      where: { campaignId: id },
      _count: true,
      orderBy: { scheduledFor: 'asc' },
    })
    expect(planned.map(({ _count }) => _count)).toEqual([1, 3, 5, 3])
    expect(forecast.days.map(({ total }) => total)).toEqual([1, 3, 5, 3])
    const sent: number[] = []
    for (let day = 0; day < 4; day++) {
      const before = engine.sink.received.length
      await engine.work()
      sent.push(engine.sink.received.length - before)
      const { mailboxes } = await getProgress(engine.deps, { campaignId: id })
      const limitToday = Math.min(5, 1 + day * 2)
      expect(await view()).toMatchObject({ limitToday, rampEndsOn: '2026-03-04' })
      expect(mailboxes[0]).toMatchObject({ dailyLimit: limitToday, capacity: { perDay: limitToday, setBy: 'limit' } })
      engine.clock.advanceDays(1)
    }
    expect(sent).toEqual([1, 3, 5, 3])
  })

  it('lets exactly as many leave as its day allows, over eight workers, however many are due', async () => {
    const { id } = await startOutreach(engine, { leads: 40, days: [0] })
    await ramp({ dailyLimit: 30, rampStart: 3, rampStep: 4, rampFrom: new Date('2026-02-28') })
    const mailers = Array.from({ length: 8 }, () => createSmtpMailer())
    await Promise.all(mailers.map((mailer) => sendMailbox({ ...engine.deps, mailer }, { mailboxId })))
    for (const mailer of mailers) mailer.close()
    expect(engine.sink.received).toHaveLength(11)
    expect(await readLedger(engine, id)).toMatchObject({ sent: 11, pending: 29 })
    const waiting = await engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId: id, status: 'pending' } })
    expect(waiting.waitReason).toBe('mailbox_limit')
  })

  it('begins on the day on which it is saved or on the one that is entered, goes on from it, and ends', async () => {
    const stored = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    const input = (change: object) =>
      mailboxInput.parse({ ...stored, smtpPasswordEncrypted: undefined, holidays: [], dailyLimit: 50, ...change })
    const save = async (change: object) => {
      await updateMailbox(engine.deps, { mailboxId, mailbox: input(change) })
      const { rampStart, rampStep, rampFrom } = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
      return [rampStart, rampStep, rampFrom?.toISOString() ?? null]
    }
    // Still the evening before in New York.
    engine.clock.set('2026-03-03T02:00:00Z')
    const zone = { timezone: 'America/New_York' }
    expect(await save({ ...zone, ramp: { start: 5, step: 5 } })).toEqual([5, 5, '2026-03-02T00:00:00.000Z'])
    engine.clock.advanceDays(3)
    expect(await save({ ...zone, ramp: { start: 6, step: 2 } })).toEqual([6, 2, '2026-03-02T00:00:00.000Z'])
    expect(await save(zone)).toEqual([6, 2, '2026-03-02T00:00:00.000Z'])
    const later = { start: 6, step: 2, from: '2026-04-01' }
    expect(await save({ ...zone, ramp: later })).toEqual([6, 2, '2026-04-01T00:00:00.000Z'])
    expect(await view()).toMatchObject({ limitToday: 6 })
    expect(await save({ ...zone, ramp: null })).toEqual([null, null, null])
    expect(await view()).toMatchObject({ limitToday: 50, rampEndsOn: null })
  })

  it('needs a daily limit, and begins with no more than that', () => {
    const parse = (change: object) =>
      mailboxInput.safeParse({ name: 'a', fromName: 'a', fromEmail: 'a@nexa.example', smtpHost: 's', ...change })
        .success
    const growth = { start: 10, step: 5 }
    expect(parse({ ramp: growth, dailyLimit: 10 })).toBe(true)
    expect(parse({ ramp: growth, dailyLimit: 9 })).toBe(false)
    expect(parse({ ramp: growth, dailyLimit: null })).toBe(false)
    expect(parse({ ramp: { ...growth, step: 0 }, dailyLimit: 50 })).toBe(false)
  })
})
