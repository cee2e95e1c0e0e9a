import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createEngine, type Engine, readLedger, startOutreach } from '../../../support/engine'
import { startScriptedSmtp } from '../../../support/servers/scripted-smtp'
import { eventually } from '../../../support/worker-process'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

/** A mailbox of five connections whose server answers one recipient only once it is let go, and all others at once. */
async function startWithOneSlow() {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 5 } })
  const campaign = await startOutreach(engine, { leads: 40, days: [0] })
  const letGo = Promise.withResolvers<void>()
  const slow = campaign.leads[0]?.email
  engine.sink.behave = (to) => (to === slow ? { at: 'data', until: letGo.promise } : undefined)
  return { ...campaign, mailboxId, letGo: letGo.resolve }
}

it('one slow answer keeps nothing else from leaving and being recorded', async () => {
  const { id, mailboxId, letGo } = await startWithOneSlow()
  const job = sendMailbox(engine.deps, { mailboxId })
  try {
    await eventually(async () => (await readLedger(engine, id)).sent === 39, 'all others are recorded as sent')
    expect(await readLedger(engine, id)).toMatchObject({ sent: 39, sending: 1, pending: 0 })
  } finally {
    letGo()
    await job
  }
  expect(await job).toEqual({ sent: 40, other: 0 })
  expect(await readLedger(engine, id)).toMatchObject({ sent: 40 })
})

it('what comes due while a job waits for one slow answer leaves beside it', async () => {
  const { id, mailboxId, letGo } = await startWithOneSlow()
  const job = sendMailbox(engine.deps, { mailboxId })
  try {
    await eventually(async () => (await readLedger(engine, id)).sent === 39, 'all others are recorded as sent')
    const later = await startOutreach(engine, { leads: 3, days: [0], name: 'Later' })
    await eventually(async () => (await readLedger(engine, later.id)).sent === 3, 'the later ones leave')
    expect(await readLedger(engine, id)).toMatchObject({ sent: 39, sending: 1 })
  } finally {
    letGo()
    await job
  }
  expect(await job).toEqual({ sent: 43, other: 0 })
})

it('silence to one recipient, while others pass in other groups, uses an attempt of its email and none of the mailbox', async () => {
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailboxId }, data: { maxConnections: 5 } })
  const { id } = await startOutreach(engine, { leads: 12, days: [0] })
  let isFirst = true
  const server = await startScriptedSmtp((command) => {
    if (!command.startsWith('MAIL') || !isFirst) return undefined
    isFirst = false
    return 'silence'
  })
  const mailer = createSmtpMailer({ deadlineMs: 8_000 })
  // In the middle of its jitter.
  const deps = {
    ...engine.deps,
    mailer,
    random: () => 0.5,
    config: { ...engine.deps.config, smtpUrl: `smtp://127.0.0.1:${server.port}` },
  }
  try {
    await sendMailbox(deps, { mailboxId })
    expect(await readLedger(engine, id)).toMatchObject({ sent: 11, pending: 1 })
    expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id, status: 'pending' } })).toMatchObject({
      retryCount: 1,
      scheduledFor: new Date(engine.clock.now().getTime() + 3_600_000),
    })
    expect(await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })).toMatchObject({
      health: 'ready',
      troubleCount: 0,
    })
  } finally {
    mailer.close()
    await server.close()
  }
})

it('the lease of an email whose answer is long in coming is renewed: it is never held, and sent in the end', async () => {
  const mailer = createSmtpMailer({ deadlineMs: 4_000 })
  const { id, leads } = await startOutreach(engine, { leads: 1, days: [0] })
  const letGo = Promise.withResolvers<void>()
  engine.sink.behave = () => ({ at: 'data', until: letGo.promise })
  const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
  const job = sendMailbox({ ...engine.deps, mailer }, { mailboxId })
  const email = () => engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId: id } })
  try {
    const { leaseUntil } = await eventually(async () => {
      const row = await email()
      return row.status === 'sending' ? row : null
    }, 'it is on the wire')
    const first = leaseUntil?.getTime() ?? 0
    const isOver = async () => {
      expect(await holdExpiredLeases(engine.deps)).toBe(0)
      return engine.deps.clock.realNow().getTime() > first
    }
    await eventually(isOver, 'its first lease is over')
    expect((await email()).leaseUntil?.getTime() ?? 0).toBeGreaterThan(first)
  } finally {
    letGo.resolve()
    await job
    mailer.close()
  }
  expect(await email()).toMatchObject({ status: 'sent', claim: 1, leaseUntil: null })
  expect(engine.sink.received.map(({ to }) => to)).toEqual([leads[0]?.email])
})
