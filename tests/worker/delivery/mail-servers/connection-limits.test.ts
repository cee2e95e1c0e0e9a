import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../../support/engine'
import { eventually } from '../../../support/worker-process'

const HOUR_MS = 3_600_000

let engine: Engine
let mailboxId: string
beforeEach(async () => {
  engine = await createEngine()
  const { id } = await engine.db.mailbox.findFirstOrThrow()
  mailboxId = id
  await engine.db.mailbox.update({ where: { id }, data: { maxConnections: 10 } })
})
afterEach(() => engine.close())
const mailbox = () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
const limitShown = async () => (await listMailboxes(engine.deps))[0]?.connectionLimit

describe('a server that lets us open two of ten connections', () => {
  it('gets all emails over those, once each, and its refusals are no failure of the mailbox', async () => {
    engine.sink.mostConnections = 2
    const { id, leads } = await startOutreach(engine, { leads: 200, days: [0] })
    const claims = async () =>
      (await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })).map(({ claim, retryCount }) => [
        claim,
        retryCount,
      ])
    await engine.work()
    expect(engine.sink.received.map(({ to }) => to).toSorted()).toEqual(leads.map(({ email }) => email).toSorted())
    expect(await readLedger(engine, id)).toMatchObject({ sent: 200, held: 0, failed: 0 })
    expect(await statusOf(engine, id)).toBe('completed')
    // Each was claimed for a connection that was there, and none waited for one that was not.
    expect(new Set((await claims()).map(String))).toEqual(new Set(['1,0']))
    // One, one more, and then as many as there are, which it refuses.
    expect([engine.sink.connections, engine.sink.refused]).toEqual([4, 2])
    expect(await mailbox()).toMatchObject({ health: 'ready', troubleCount: 0, coolDownUntil: null })
    // What is not used goes back: another process may serve the mailbox next.
    await eventually(() => engine.sink.openConnections() === 0, 'its connections are given back')
    expect(await limitShown()).toEqual({ to: 2, at: engine.clock.now(), cause: 'refused' })
  })

  it('is asked for no more within the hour, by no worker, and then again, until it lets us', async () => {
    engine.sink.mostConnections = 2
    const send = async (name: string) => {
      const { id } = await startOutreach(engine, { leads: 30, days: [0], name })
      // As another process that has just started would.
      const mailer = createSmtpMailer()
      const before = { ...engine.sink }
      await sendMailbox({ ...engine.deps, mailer }, { mailboxId })
      mailer.close()
      await eventually(() => engine.sink.openConnections() === 0, 'its connections are closed')
      expect(await readLedger(engine, id)).toMatchObject({ sent: 30 })
      return { refused: engine.sink.refused - before.refused, taken: engine.sink.connections - before.connections }
    }
    expect(await send('First')).toEqual({ refused: 2, taken: 4 })
    const { connectionLimitAt } = await mailbox()
    engine.clock.advance(HOUR_MS - 1)
    expect(await send('Within the hour')).toEqual({ refused: 0, taken: 2 })
    expect((await mailbox()).connectionLimitAt).toEqual(connectionLimitAt)
    engine.clock.advance(1)
    expect(await send('An hour later')).toEqual({ refused: 2, taken: 4 })
    expect(await limitShown()).toEqual({ to: 2, at: engine.clock.now(), cause: 'refused' })
    engine.sink.mostConnections = 10
    engine.clock.advance(HOUR_MS)
    expect(await limitShown()).toBeNull()
    expect(await send('When it lets us')).toEqual({ refused: 0, taken: 10 })
    expect(await limitShown()).toBeNull()
  })

  it('is asked anew once the mailbox is saved', async () => {
    engine.sink.mostConnections = 2
    await startOutreach(engine, { leads: 20, days: [0] })
    await engine.work()
    expect(await limitShown()).toMatchObject({ to: 2 })
    const { smtpPasswordEncrypted: _, holidays: __, ...set } = await mailbox()
    await updateMailbox(engine.deps, { mailboxId, mailbox: mailboxInput.parse({ ...set, holidays: [] }) })
    expect(await mailbox()).toMatchObject({
      connectionLimit: null,
      connectionLimitAt: null,
      connectionLimitCause: null,
    })
  })

  it('that takes none at all is a failure of the mailbox', async () => {
    engine.sink.mostConnections = 0
    const { id } = await startOutreach(engine, { leads: 20, days: [0] })
    await engine.work()
    expect(engine.sink.refused).toBe(1)
    expect(await readLedger(engine, id)).toMatchObject({ pending: 20 })
    expect(await mailbox()).toMatchObject({ health: 'cooling_down', troubleCount: 1, connectionLimit: null })
  })
})

it('a mailbox that keeps a pace opens one connection', async () => {
  await engine.db.mailbox.update({ where: { id: mailboxId }, data: { minGapSeconds: 60 } })
  const { id } = await startOutreach(engine, { leads: 2, days: [0] })
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 1, pending: 1 })
  expect(engine.sink.connections).toBe(1)
})

it('where every answer is slow, fewer are asked for at once, and none is held', async () => {
  const deadlineMs = 4_000
  const mailer = createSmtpMailer({ deadlineMs })
  await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 4 } })
  const { id } = await startOutreach(engine, { leads: 7, days: [0] })
  // Longer than until the message must be handed over, and shorter than until its answer must be there.
  engine.sink.behave = () => ({ at: 'data', delayMs: deadlineMs + 500 })
  await sendMailbox({ ...engine.deps, mailer }, { mailboxId })
  mailer.close()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 7, held: 0 })
  expect(engine.sink.received).toHaveLength(7)
  expect(await mailbox()).toMatchObject({ health: 'ready', connectionLimit: 1, connectionLimitCause: 'slow' })
})
