import { afterEach, beforeEach, expect, it } from 'vitest'
import { getProgress } from '@/use-cases/progress/get-progress'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

const read = async (at: Date | null) => {
  for (const { id: mailboxId } of await engine.db.mailbox.findMany()) {
    const reader = { imapHost: '127.0.0.1', imapPort: 1, lastReadAt: at }
    await engine.db.mailboxReader.upsert({ where: { mailboxId }, create: { mailboxId, ...reader }, update: reader })
  }
}
const ago = (minutes: number) => new Date(engine.deps.clock.realNow().getTime() - minutes * 60_000)

it('follow-ups wait until the mailbox was read within the time of the settings, first emails do not', async () => {
  await read(ago(16))
  const { id } = await startOutreach(engine, { leads: 3, days: [0, 1] })
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 3, pending: 3 })
  engine.clock.advanceDays(1)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 3, pending: 3 })
  const { waiting } = await getProgress(engine.deps, { campaignId: id })
  expect(waiting).toMatchObject([{ reason: 'answers_not_read', count: 3 }])
  await read(ago(1))
  engine.clock.advance(5 * 60_000)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 6, pending: 0 })
})

it('a follow-up that was never preceded by a reading waits, and the setting counts', async () => {
  await read(null)
  const { id } = await startOutreach(engine, { leads: 2, days: [0, 1] })
  await engine.work()
  engine.clock.advanceDays(1)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 2, pending: 2 })
  await read(ago(100))
  await engine.db.settings.update({ where: { id: 1 }, data: { freshReadMinutes: 120 } })
  engine.clock.advance(5 * 60_000)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 4, pending: 0 })
})

it('a lead that is away gets the next step when it is back, and the later one as long after it as planned', async () => {
  const { id, leads } = await startOutreach(engine, { leads: 2, days: [0, 1, 2] })
  await engine.work()
  const back = new Date('2026-03-06T08:00:00Z')
  const leadId = leads[0]?.id ?? ''
  await engine.db.lead.update({ where: { id: leadId }, data: { awayUntil: back } })
  engine.clock.advanceDays(1)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 3, pending: 3 })
  const planned = await engine.db.scheduledEmail.findMany({
    where: { campaignId: id, leadId, status: 'pending' },
    orderBy: { workflowStepNumber: 'asc' },
  })
  expect(planned.map((email) => [email.scheduledFor, email.waitReason])).toEqual([
    [back, 'lead_away'],
    [new Date('2026-03-08T08:00:00Z'), null],
  ])
  engine.clock.set(back)
  await engine.work()
  expect(await readLedger(engine, id)).toMatchObject({ sent: 5, pending: 1 })
})
