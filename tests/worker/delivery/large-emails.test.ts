import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLimitDays } from '@/use-cases/delivery/daily-limits'
import { createPrepareEmails } from '@/use-cases/delivery/prepare-emails'
import { openSender } from '@/use-cases/delivery/sender'
import { createEngine, type Engine, readLedger, startOutreach } from '../../support/engine'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

describe('large emails', () => {
  it('are prepared until they take as much memory as they may; the others are found by the next look, and all leave', async () => {
    const { id } = await startOutreach(engine, { leads: 6, days: [0], body: `{{ first_name }}${'x'.repeat(90_000)}` })
    const { id: mailboxId } = await engine.db.mailbox.findFirstOrThrow()
    const sender = await openSender(engine.deps, mailboxId)
    if (!sender) throw new Error('The mailbox cannot send')
    const prepare = createPrepareEmails(engine.deps, sender, createLimitDays(engine.deps.sql, sender.mailbox))
    const first = await prepare(6, () => [], 500_000)
    // Two bytes a character of the text, and the message.
    expect(first.ready.map(({ bytes }) => Math.round(bytes / 10_000))).toEqual([27, 27])
    expect([first.tried.length, first.mayHaveMore]).toEqual([2, true])
    const second = await prepare(6, () => first.ready.map(({ email }) => email), 500_000)
    const ids = [...first.ready, ...second.ready].map(({ email }) => email.id)
    expect(new Set(ids).size).toBe(4)
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 6 })
  })

  it('one that a lead makes larger than 500 kB fails by itself, and says why', async () => {
    const { id, leads } = await startOutreach(engine, {
      leads: 3,
      days: [0, 1],
      body: '{{ job_title | default: "x" }}'.repeat(120),
    })
    await engine.db.lead.update({ where: { id: leads[1]?.id ?? '' }, data: { jobTitle: 'x'.repeat(4_900) } })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 2, failed: 1, skipped: 1 })
    const failed = await engine.db.scheduledEmail.findFirstOrThrow({ where: { campaignId: id, status: 'failed' } })
    expect(failed.leadId).toBe(leads[1]?.id)
    expect(failed.failureReason).toBe('The subject or a body is larger than 500 kB.')
  })
})
