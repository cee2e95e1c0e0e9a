import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import { ensureDays, markSending } from '@/db/queries/delivery/mark-sending'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { createLimitDays, limitDaysAt } from '@/use-cases/delivery/daily-limits'
import { selectSendable } from '@/use-cases/delivery/select-sendable'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

/** A worker that was frozen and thaws finds another at work on the same mailbox. */
describe('two jobs that serve one mailbox', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  async function dueEmails(leads: number, dailyLimit: number | null) {
    await startOutreach(engine, { leads, days: [0] })
    const { id } = await engine.db.mailbox.findFirstOrThrow()
    const mailbox = await engine.db.mailbox.update({ where: { id }, data: { dailyLimit } })
    const version = (await selectSenderVersion(engine.deps.sql, id))?.version ?? ''
    const chooser = { mailbox, window: toWindow(mailbox), version }
    const ensureDays = createLimitDays(engine.deps.sql, mailbox)
    const choose = (buffered: DueEmail[]) =>
      selectSendable(engine.deps, chooser, { limit: 100, buffered: () => buffered, ensureDays })
    const days = (emails: DueEmail[]) => limitDaysAt(mailbox, emails, engine.clock.now())
    return { choose, days }
  }
  const mark = (emails: DueEmail[], days: ReturnType<typeof limitDaysAt>) => {
    const now = engine.clock.now()
    const wanted = emails.map(({ id, email, contentVersion }) => ({ id, email, uncontested: true, contentVersion }))
    const never = { nextSendAt: null, contactedBefore: now, now, leaseUntil: new Date(now.getTime() + 60_000) }
    const senderVersion = emails[0]?.senderVersion ?? ''
    return markSending(engine.deps.sql, { emails: wanted, senderVersion, ...days, ...never })
  }

  it('what one has buffered and the other has claimed counts once against the limit', async () => {
    const { choose, days } = await dueEmails(10, 10)
    const { send: all } = await choose([])
    const buffered = all.slice(0, 5)
    await ensureDays(engine.deps.sql, days(all))
    expect(await mark(buffered, days(all))).toHaveLength(5)
    const rest = await choose(buffered)
    expect(rest.send.map(({ id }) => id)).toEqual(all.slice(5).map(({ id }) => id))
    expect(rest.record).toEqual([])
  })

  it('an email that one has buffered and the other has put off is not claimed before its time', async () => {
    const { choose, days } = await dueEmails(2, null)
    const { send } = await choose([])
    await ensureDays(engine.deps.sql, days(send))
    const later = new Date(engine.clock.now().getTime() + 900_000)
    await engine.db.scheduledEmail.update({ where: { id: send[0]?.id ?? '' }, data: { scheduledFor: later } })
    expect(await mark(send, days(send))).toMatchObject([{ id: send[1]?.id }])
  })
})
