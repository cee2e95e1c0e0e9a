import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectChosenMailboxes } from '@/db/queries/campaigns/select-campaign'
import { selectDueStarts } from '@/db/queries/delivery/select-mailboxes-with-due-emails'
import { createEngine, createOutreach, type Engine } from '../../support/engine'

const idOf = (digit: string) => `${digit.repeat(8)}-0000-7000-8000-000000000000`

describe('oldest first', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  it('come the mailboxes of a campaign, whatever their ids are', async () => {
    const mailbox = { name: 'M', fromName: 'Ada', fromEmail: 'ada@nexa.example' }
    const ages = { b: '2026-01-03', a: '2026-01-02', c: '2026-01-01' }
    for (const [digit, day] of Object.entries(ages)) {
      await engine.db.mailbox.create({ data: { ...mailbox, id: idOf(digit), createdAt: new Date(day) } })
    }
    const { id } = await createOutreach(engine)
    const mailboxIds = Object.keys(ages).map((digit) => ({ campaignId: id, mailboxId: idOf(digit) }))
    await engine.db.campaignMailbox.createMany({ data: mailboxIds })
    const chosen = await selectChosenMailboxes(engine.deps.sql, id)
    expect(chosen.map((one) => one.id)).toEqual([idOf('c'), idOf('a'), idOf('b')])
  })

  it('come campaigns that are due at the same time; before them, those that were due earlier', async () => {
    const at = engine.clock.now()
    const earlier = new Date(at.getTime() - 1000)
    for (const [digit, startsAt] of Object.entries({ c: at, a: at, d: earlier, b: at })) {
      const due = { status: 'scheduled' as const, scheduledStartAt: startsAt }
      await engine.db.campaign.create({ data: { id: idOf(digit), name: digit, ...due } })
    }
    const due = await selectDueStarts(engine.deps.sql, at)
    expect(due.map((one) => one.id)).toEqual([idOf('d'), idOf('a'), idOf('b'), idOf('c')])
  })
})
