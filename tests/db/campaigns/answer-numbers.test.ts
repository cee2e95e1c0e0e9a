import { describe, expect, it } from 'vitest'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { getProgress } from '@/use-cases/progress/get-progress'
import { allWithSandbox } from '../../support/conversation/sandbox-stage'

const stage = allWithSandbox({ leads: 5 })
const REPLY = { kind: 'reply' as const, text: 'Thank you, that sounds interesting.' }

/** The numbers as the list and as the progress of the campaign have them. */
async function numbers() {
  const { campaignId } = stage.ids
  const row = (await stage.api.campaigns.list({ type: 'outreach' })).rows.find(({ id }) => id === campaignId)
  const { answers } = await stage.api.campaigns.progress({ campaignId })
  const { replied, bounced, unsubscribed, away, reading, contacted } = answers
  // What the sandbox has none of is known as of each look.
  const alike = { ...reading, asOf: reading.asOf && expect.any(Date) }
  expect(row).toMatchObject({ replied, bounced, unsubscribed, away, reading: alike, contacted })
  return { replied, bounced, unsubscribed, away, contacted, reading }
}

describe('the numbers of answers', () => {
  it('are known in the sandbox before anybody has answered: nothing is there that was not read', async () => {
    expect(await numbers()).toEqual({
      ...{ replied: 0, bounced: 0, unsubscribed: 0, away: 0, contacted: 5 },
      reading: { mailboxes: 1, read: 1, elsewhere: [], asOf: expect.any(Date) },
    })
  })

  it('say that nothing is read where nothing reads a mailbox that sends real emails', async () => {
    const { config } = stage.engine.deps
    const live = { ...stage.engine.deps, config: { ...config, sandbox: false } }
    const { answers } = await getProgress(live, { campaignId: stage.ids.campaignId })
    expect(answers.reading).toEqual({ mailboxes: 1, read: 0, elsewhere: [], asOf: null })
  })

  it('count each lead by what it did, and whoever is away is no reply', async () => {
    await stage.answer(REPLY, 0)
    await stage.answer({ kind: 'bounce' }, 1)
    await stage.answer({ kind: 'stop_request' }, 2)
    await stage.answer({ kind: 'out_of_office', until: '2026-03-15' }, 3)
    const { lastReadAt } = await stage.engine.db.mailboxReader.findFirstOrThrow()
    expect(await numbers()).toEqual({
      ...{ replied: 1, bounced: 1, unsubscribed: 1, away: 1, contacted: 5 },
      reading: { mailboxes: 1, read: 1, elsewhere: [], asOf: lastReadAt },
    })
    stage.engine.clock.set('2026-03-16T00:00:00Z')
    expect((await numbers()).away).toBe(0)
  })

  it('count a lead once however often it replies, also after a person has said what the reply means', async () => {
    const { toEmail } = await stage.answer(REPLY)
    await stage.answer(REPLY)
    expect((await numbers()).replied).toBe(1)
    const { id } = await stage.engine.db.lead.findUniqueOrThrow({ where: { email: toEmail } })
    await setLeadStatus(stage.engine.deps, { ids: [id], status: 'interested', by: null })
    expect((await numbers()).replied).toBe(1)
  })

  it('count no reply any more that a person has corrected', async () => {
    await stage.answer(REPLY)
    const { id } = await stage.engine.db.receivedMessage.findFirstOrThrow()
    await stage.api.leads.correctMessage({ id, to: 'nothing' })
    expect((await numbers()).replied).toBe(0)
  })

  it('are as of the mailbox that was read the longest ago, not known while one was never read, and say where else replies go', async () => {
    await stage.answer(REPLY)
    const { db } = stage.engine
    const { id, ...first } = await db.mailbox.findFirstOrThrow()
    const other = await db.mailbox.create({ data: { ...first, name: 'Other', fromEmail: 'other@nexa.example' } })
    await db.campaignMailbox.create({ data: { campaignId: stage.ids.campaignId, mailboxId: other.id } })
    expect((await numbers()).reading).toMatchObject({ mailboxes: 2, read: 2 })
    await db.mailboxReader.create({ data: { mailboxId: other.id, imapHost: 'imap.nexa.example', imapPort: 993 } })
    expect((await numbers()).reading).toEqual({ mailboxes: 2, read: 2, elsewhere: [], asOf: null })
    const lastReadAt = new Date('2026-01-01T08:00:00Z')
    await db.mailboxReader.update({ where: { mailboxId: other.id }, data: { lastReadAt } })
    expect((await numbers()).reading).toEqual({ mailboxes: 2, read: 2, elsewhere: [], asOf: lastReadAt })
    const replyTo = async (address: string | null) => {
      await db.mailbox.update({ where: { id: other.id }, data: { replyTo: address } })
      const { repliesGoElsewhere } = (await listMailboxes(stage.engine.deps)).find((one) => one.id === other.id) ?? {}
      return [(await numbers()).reading.elsewhere, repliesGoElsewhere]
    }
    expect(await replyTo('Sales@nexa.example')).toEqual([['Sales@nexa.example'], true])
    await db.mailbox.update({ where: { id }, data: { aliases: ['sales@nexa.example'] } })
    for (const read of ['Sales@nexa.example', first.fromEmail, 'other+replies@nexa.example', null])
      expect(await replyTo(read)).toEqual([[], false])
    await db.mailbox.update({ where: { id }, data: { aliases: [] } })
    await db.campaignMailbox.deleteMany({ where: { mailboxId: other.id } })
    await db.mailbox.delete({ where: { id: other.id } })
  })
})
