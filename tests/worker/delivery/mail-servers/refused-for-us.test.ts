import { afterEach, beforeEach, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../../support/engine'

const DOMAINS = ['north.example', 'south.example', 'east.example', 'west.example']

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

/** A running campaign whose leads are spread over four domains, and its mailbox with so many connections. */
async function startAt(connections: number, { leads = 40, days = [0, 1] } = {}) {
  const campaign = await startOutreach(engine, { leads, days })
  const rows = await engine.db.lead.findMany({ where: { batches: { some: { batchId: campaign.batch.id } } } })
  for (const [i, { id, email }] of rows.entries())
    await engine.db.lead.update({
      where: { id },
      data: { email: email.replace('customer.example', DOMAINS[i % 4] ?? '') },
    })
  const mailbox = await engine.db.mailbox.findFirstOrThrow()
  await engine.db.mailbox.update({ where: { id: mailbox.id }, data: { maxConnections: connections } })
  return { ...campaign, mailboxId: mailbox.id }
}
const saveAnew = async (mailboxId: string, connections: number) => {
  const mailbox = mailboxInput.parse({
    name: 'Mended',
    kind: 'environment',
    fromName: 'Ada',
    fromEmail: 'ada@nexa.example',
    maxConnections: connections,
  })
  await updateMailbox(engine.deps, { mailboxId, mailbox })
}

it.each([
  [1, '550 5.7.1', 'Our house has a rule against it', 'stopped'],
  [5, '550 5.7.1', 'Our house has a rule against it', 'stopped'],
  [1, '450', 'Not in this season', 'cooling_down'],
])(
  'with %i connections, everybody refused with the same unknown words (%s %s): the mailbox is %s, and all come back as they were',
  async (connections, code, words, health) => {
    const { id, mailboxId } = await startAt(connections)
    const asked = new Set<string>()
    engine.sink.behave = (to) => {
      asked.add(to)
      return { at: 'rcpt', code: Number(code.slice(0, 3)), message: `${code.slice(4)} ${words} <${to}>`.trim() }
    }
    await engine.work()
    // Five, and what was on its way beside the fifth.
    expect(asked.size).toBeGreaterThanOrEqual(5)
    expect(asked.size).toBeLessThanOrEqual(5 + 2 * connections)
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 80, pending: 80 })
    expect(await engine.db.scheduledEmail.count({ where: { campaignId: id, retryCount: { gt: 0 } } })).toBe(0)
    expect(await engine.db.lead.count({ where: { status: { not: 'new' } } })).toBe(0)
    expect(await engine.db.suppression.count()).toBe(0)
    expect(await engine.db.campaign.findUnique({ where: { id } })).toMatchObject({ emailsFailedCount: 0 })
    const mailbox = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
    expect(mailbox).toMatchObject({ health })
    expect(mailbox.healthReason).toContain(words)

    engine.sink.behave = () => undefined
    await saveAnew(mailboxId, connections)
    // What came back is due a little later, what was to be tried again after its hour.
    engine.clock.advance(2 * 3_600_000)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 80, sent: 40, pending: 40 })
    engine.clock.advanceDays(2)
    await engine.work()
    expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 80, sent: 80 })
    expect(await statusOf(engine, id)).toBe('completed')
  },
)

it('one recipient whose server never takes it now fails after its attempts, while the others leave', async () => {
  const { id } = await startAt(5, { leads: 4, days: [0] })
  const { leads } = await startOutreach(engine, { leads: 200, days: [0], name: 'Others' })
  expect(leads).toHaveLength(200)
  const [poor] = await engine.db.lead.findMany({ where: { email: { endsWith: DOMAINS[0] } }, take: 1 })
  // One email an hour passes beside it.
  await engine.pool.query(
    `WITH others AS (SELECT id, row_number() OVER (ORDER BY id) AS place FROM scheduled_emails WHERE campaign_id <> $1)
     UPDATE scheduled_emails se SET scheduled_for = scheduled_for + others.place * interval '1 hour'
     FROM others WHERE others.id = se.id`,
    [id],
  )
  engine.sink.behave = (to) =>
    to === poor?.email ? { at: 'rcpt', code: 451, message: '4.7.1 Try again later' } : undefined
  for (let hour = 0; hour < 60; hour++) {
    await engine.work()
    engine.clock.advance(3_600_000)
  }
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 4, sent: 3, failed: 1 })
  expect(await statusOf(engine, id)).toBe('completed')
})
