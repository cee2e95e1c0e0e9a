import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendMailbox } from '@/use-cases/delivery/send-mailbox'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const MINUTE_MS = 60_000

describe('what is left to chance', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  async function sendWith(random: () => number) {
    const mailbox = await engine.db.mailbox.findFirstOrThrow()
    await sendMailbox({ ...engine.deps, random }, { mailboxId: mailbox.id })
    return engine.db.mailbox.findUniqueOrThrow({ where: { id: mailbox.id } })
  }
  const minutesFromNow = (at: Date | null) => (Number(at) - engine.clock.now().getTime()) / MINUTE_MS

  it('moves each retry within a tenth of its wait, another for each email of a batch', async () => {
    engine.sink.behave = () => ({ at: 'rcpt', code: 451, message: '4.2.0 try again' })
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    const chances = [0, 0.5, 0.75]
    await sendWith(() => chances.shift() ?? 0)
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: id } })
    const waits = emails.map(({ scheduledFor }) => minutesFromNow(scheduledFor))
    expect(waits.sort()).toEqual([54, 60, 63])
  })

  it('moves the end of the gap after an email within the jitter of its mailbox', async () => {
    await engine.db.mailbox.updateMany({ data: { minGapSeconds: 120, gapJitterSeconds: 240 } })
    await startOutreach(engine, { leads: 1, days: [0] })
    const { nextSendAt } = await sendWith(() => 0.25)
    expect(minutesFromNow(nextSendAt)).toBe(3)
  })
})
