import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { getProgress } from '@/use-cases/progress/get-progress'
import { createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../../support/engine'
import { startScriptedSmtp } from '../../../support/servers/scripted-smtp'

/** What people see and find recorded when servers, passwords and limits fail. What is promised of them: `tests/chaos`. */
describe('failures', () => {
  let engine: Engine
  let password = 'right'
  const open = async (options: Parameters<typeof createEngine>[0] = {}) => {
    engine = await createEngine(options)
  }
  beforeEach(() => {
    password = 'right'
  })
  afterEach(() => engine.close())
  const deliverThrough = async (port: number, smtpPassword: string) => {
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    const mailbox = mailboxInput.parse({
      name: 'Own server',
      fromName: 'Ada',
      fromEmail: 'ada@nexa.example',
      smtpHost: '127.0.0.1',
      smtpPort: port,
      smtpSecurity: 'none',
      smtpUser: smtpPassword ? 'ada' : null,
      smtpPassword,
      maxConnections: 10,
    })
    await updateMailbox(engine.deps, { mailboxId, mailbox })
    return mailboxId
  }

  it('a wrong password touches no email, is said in plain words, and once corrected all goes on', async () => {
    await open({ password: () => password })
    const { id } = await startOutreach(engine, { leads: 20, days: [0] })
    await deliverThrough(engine.sink.port, 'wrong')
    for (let minute = 0; minute < 5; minute++) {
      await engine.work()
      engine.clock.advance(60_000)
    }
    expect(engine.sink.logins).toHaveLength(1)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, pending: 20 })
    expect(
      await engine.db.scheduledEmail.count({
        where: { campaignId: id, OR: [{ retryCount: { gt: 0 } }, { claim: { gt: 0 } }] },
      }),
    ).toBe(0)
    const { mailboxes, next } = await getProgress(engine.deps, { campaignId: id })
    expect(mailboxes[0]).toMatchObject({ health: 'stopped' })
    expect(mailboxes[0]?.healthReason).toContain('Username and Password not accepted')
    expect(next?.decision).toMatchObject({ kind: 'wait', reason: 'mailbox_stopped' })
    await deliverThrough(engine.sink.port, 'right')
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, sent: 20 })
    expect(await statusOf(engine, id)).toBe('completed')
  })

  it.each([
    ['in the same batch', 2, (to: string) => to.startsWith('lead00001')],
    ['in the batch before', 1, (to: string) => to.startsWith('lead00002')],
  ])(
    'a mailbox from which an email left %s has failed once, however often it failed before',
    async (_when, connections, isRefused) => {
      await open()
      await startOutreach(engine, { leads: 2, days: [0] })
      await engine.db.mailbox.updateMany({
        data: {
          maxConnections: connections,
          health: 'cooling_down',
          coolDownUntil: engine.clock.now(),
          troubleCount: 3,
        },
      })
      engine.sink.behave = (to) => (isRefused(to) ? { at: 'rcpt', code: 421, message: '4.7.0 Slower' } : undefined)
      await engine.work()
      expect(engine.sink.received).toHaveLength(1)
      expect(await engine.db.mailbox.findFirstOrThrow()).toMatchObject({
        health: 'cooling_down',
        troubleCount: 1,
        coolDownUntil: new Date(engine.clock.now().getTime() + 60_000),
      })
    },
  )

  it('a server that goes away once it has taken an email has failed once, however often it failed before', async () => {
    await open()
    await startOutreach(engine, { leads: 3, days: [0] })
    const server = await startScriptedSmtp((command, { connection }) => {
      if (command === 'CONNECT' && connection > 1) return '421 4.3.2 Going down'
      return command === '.' ? { last: '250 2.0.0 Ok' } : undefined
    })
    const mailboxId = await deliverThrough(server.port, '')
    await engine.db.mailbox.update({
      where: { id: mailboxId },
      data: { maxConnections: 1, health: 'cooling_down', coolDownUntil: engine.clock.now(), troubleCount: 3 },
    })
    await engine.work()
    await server.close()
    expect(server.accepted()).toBe(1)
    expect(await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })).toMatchObject({
      health: 'cooling_down',
      troubleCount: 1,
    })
  })

  it('at a limit of 50 exactly 50 leave, the rest tomorrow, follow-ups along', async () => {
    await open()
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    const { id } = await startOutreach(engine, { leads: 120, days: [0, 1] })
    // The limit comes after the plan, so that all are due at once.
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit: 50 } })
    await sendMailbox(engine.deps, { mailboxId })
    expect(engine.sink.received).toHaveLength(50)
    expect(await readLedger(engine, id)).toMatchObject({ planned: 240, sent: 50, pending: 190 })
    const deferred = await engine.db.scheduledEmail.findMany({ where: { campaignId: id, waitReason: 'mailbox_limit' } })
    expect(deferred).toHaveLength(70)
    expect(new Set(deferred.map(({ scheduledFor }) => scheduledFor.toISOString()))).toEqual(
      new Set(['2026-03-03T00:00:00.000Z']),
    )
  })

  it('an address that does not exist ends the lead and its later steps, and is suppressed', async () => {
    await open()
    const { id, leads } = await startOutreach(engine, { leads: 20 })
    const gone = leads[0]
    engine.sink.behave = (to) =>
      to === gone?.email ? { at: 'rcpt', code: 550, message: '5.1.1 User unknown' } : undefined
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 19, failed: 1, skipped: 2, pending: 38 })
    expect(await engine.db.lead.findUnique({ where: { id: gone?.id } })).toMatchObject({
      status: 'invalid',
      emailsSent: 0,
    })
    expect(await engine.db.suppression.findFirst({ where: { value: gone?.email } })).toMatchObject({
      reason: 'invalid_address',
    })
  })

  it('keeps counters, lead statuses and the step true over the whole life', async () => {
    await open()
    const { id, leads } = await startOutreach(engine, { leads: 3 })
    await engine.db.campaign.update({ where: { id }, data: { continueAfterReply: true } })
    for (let step = 1; step <= 3; step++) {
      await engine.work()
      expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({
        emailsSentCount: 3 * step,
        currentWorkflowStep: step,
      })
      const lead = await engine.db.lead.findUniqueOrThrow({ where: { id: leads[0]?.id } })
      expect(lead).toMatchObject({
        status: ['contacted', 'follow_up_1', 'follow_up_2'][step - 1],
        emailsSent: step,
        lastContactedAt: engine.clock.now(),
      })
      if (step === 1) await engine.db.lead.update({ where: { id: leads[1]?.id }, data: { status: 'interested' } })
      engine.clock.advanceDays(1)
    }
    expect(await engine.db.lead.findUnique({ where: { id: leads[1]?.id } })).toMatchObject({
      status: 'interested',
      emailsSent: 3,
    })
    expect(await engine.db.email.count({ where: { campaignId: id } })).toBe(9)
  })

  it('emails a lead that is in two campaigns once a day', async () => {
    await open()
    const first = await startOutreach(engine, { leads: 5, days: [0], name: 'One' })
    const second = await engine.db.leadBatch.create({
      data: { name: 'Same leads', leads: { createMany: { data: first.leads.map(({ id }) => ({ leadId: id })) } } },
    })
    const other = await startOutreach(engine, { leads: 1, days: [0], name: 'Two', batchIds: [second.id] })
    await engine.work()
    expect((await readLedger(engine, first.id)).sent + (await readLedger(engine, other.id)).sent).toBe(6)
    const perLead = Map.groupBy(engine.sink.received, ({ to }) => to)
    expect(Math.max(...[...perLead.values()].map((emails) => emails.length))).toBe(1)
    engine.clock.advanceDays(1)
    await engine.work()
    expect((await readLedger(engine, first.id)).sent + (await readLedger(engine, other.id)).sent).toBe(11)
  })
})
