import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { createLimitDays } from '@/use-cases/delivery/daily-limits'
import { selectSendable } from '@/use-cases/delivery/select-sendable'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

const HOUR_MS = 3_600_000

describe('a lead that two campaigns want to mail', () => {
  let engine: Engine
  beforeEach(async () => {
    engine = await createEngine()
  })
  afterEach(() => engine.close())

  /** Two campaigns on one lead, both due; the second has a lead of its own as well. */
  async function startBoth() {
    const first = await startOutreach(engine, { leads: 1, days: [0], name: 'One' })
    const leadId = first.leads[0]?.id ?? ''
    const shared = await engine.db.leadBatch.create({
      data: { name: 'Same lead', leads: { create: { leadId } } },
    })
    const second = await startOutreach(engine, { leads: 1, days: [0], name: 'Two', batchIds: [shared.id] })
    return { leadId, first: first.id, second: second.id, own: second.leads[0]?.id ?? '' }
  }

  it('is left alone for 24 hours by the other when delivery of the one email is unknown', async () => {
    const { leadId, first, second, own } = await startBoth()
    const began = engine.clock.now()
    await engine.db.scheduledEmail.updateMany({
      where: { campaignId: first },
      data: { status: 'held', claim: 1, sendingSince: began, heldAt: began, failureReason: 'lost' },
    })
    engine.clock.advance(HOUR_MS)
    await engine.work()
    const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId: second } })
    expect(emails.find((email) => email.leadId === own)).toMatchObject({ status: 'sent' })
    expect(emails.find((email) => email.leadId === leadId)).toMatchObject({
      status: 'pending',
      waitReason: 'contacted_recently',
      scheduledFor: new Date(began.getTime() + 24 * HOUR_MS),
    })
  })

  it('is chosen for one of them alone, also while that email is buffered from an earlier look', async () => {
    const { leadId, own } = await startBoth()
    const mailbox = await engine.db.mailbox.findFirstOrThrow()
    const ensureDays = createLimitDays(engine.deps.sql, mailbox)
    const choose = async (buffered: DueEmail[]) => {
      const options = { limit: 100, buffered: () => buffered, ensureDays }
      const version = (await selectSenderVersion(engine.deps.sql, mailbox.id))?.version ?? ''
      return (await selectSendable(engine.deps, { mailbox, window: toWindow(mailbox), version }, options)).send
    }
    const chosen = await choose([])
    expect(chosen.map((email) => email.leadId).sort()).toEqual([leadId, own].sort())
    expect(await choose(chosen)).toEqual([])
  })
})
