import { beforeEach, describe, expect, it } from 'vitest'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { allWithSandbox } from '../support/conversation/sandbox-stage'

const stage = allWithSandbox()
const REPLY = { kind: 'reply' as const, text: 'Thank you, that sounds interesting.' }

beforeEach(async () => void (await stage.engine.db.conversation.deleteMany()))

const only = async () => {
  const { id } = await stage.engine.db.conversation.findFirstOrThrow()
  return stage.api.inbox.get({ id })
}
const scopes = async () => {
  const { counts } = await stage.api.inbox.counts()
  return Object.entries(counts ?? {}).flatMap(([scope, { total }]) => (total > 0 ? [scope] : []))
}
const day = (n: number) => new Date(Date.UTC(2026, 2, 2 + n, 8))

describe('what an answer says', () => {
  it.each([
    ['interested', 'interested'],
    ['not_now', 'replied'],
    ['wrong_person', 'not_interested'],
    ['not_interested', 'not_interested'],
  ] as const)('is confirmed as %s, the lead becomes %s, and both are taken back', async (interest, status) => {
    const { toEmail } = await stage.answer(REPLY)
    const { id } = await only()
    const { was, version, skipped, corrected } = await stage.api.inbox.setInterest({ id, interest })
    expect({ was, skipped, corrected }).toEqual({
      was: { interest: null, leadStatus: 'replied', skipped: [] },
      skipped: 0,
      corrected: false,
    })
    expect(await only()).toMatchObject({ interest, lead: { status } })
    await stage.api.inbox.resetInterest({ id, was, ifVersion: version })
    expect(await only()).toMatchObject({ interest: null, lead: { status: 'replied' } })
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'replied' })
  })

  describe('in a campaign that goes on after a reply', () => {
    /** The answer is judged, which skips what is planned. Returns what takes that back. */
    async function judged() {
      await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: true } })
      const { toEmail } = await stage.answer(REPLY)
      const due = async () => {
        const lead = await stage.engine.db.lead.findUniqueOrThrow({ where: { email: toEmail } })
        const where = { leadId: lead.id, workflowStepNumber: { gt: 1 } }
        const emails = await stage.engine.db.scheduledEmail.findMany({ where, orderBy: { workflowStepNumber: 'asc' } })
        return emails.map(({ scheduledFor }) => scheduledFor)
      }
      const before = await due()
      expect((await stage.leadAt(toEmail)).emails).toEqual(['sent', 'pending', 'pending'])
      const { id } = await only()
      const { was, version, skipped } = await stage.api.inbox.setInterest({ id, interest: 'not_interested' })
      expect(skipped).toBe(2)
      const no = 'skipped: lead_unmailable'
      expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'not_interested', emails: ['sent', no, no] })
      return {
        id,
        toEmail,
        no,
        due,
        before,
        back: () => stage.api.inbox.resetInterest({ id, was, ifVersion: version }),
      }
    }

    it('is taken back with all that it had skipped, at its time', async () => {
      const { toEmail, back, due, before } = await judged()
      await back()
      expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'replied', emails: ['sent', 'pending', 'pending'] })
      expect(await due()).toEqual(before)
    })

    it('is taken back days later: what is planned again moves by as much as it is overdue', async () => {
      const { back, due, before } = await judged()
      const [first = new Date(), second = new Date()] = before
      const now = new Date(second.getTime() + 86_400_000)
      stage.engine.clock.set(now)
      await back()
      expect(await due()).toEqual([now, new Date(now.getTime() + second.getTime() - first.getTime())])
    })

    it('has its campaign run again that ended for want of its emails', async () => {
      const { toEmail, back } = await judged()
      const { db } = stage.engine
      await db.scheduledEmail.updateMany({
        where: { status: 'pending' },
        data: { status: 'cancelled', endedAt: day(1) },
      })
      await runTick(stage.engine.deps)
      const status = async () => (await db.campaign.findUniqueOrThrow({ where: { id: stage.ids.campaignId } })).status
      expect(await status()).toBe('completed')
      await back()
      expect(await status()).toBe('running')
      expect((await stage.leadAt(toEmail)).emails).toEqual(['sent', 'pending', 'pending'])
    })

    it('skips for good what the lead itself has ended since', async () => {
      const { toEmail, no, back } = await judged()
      await stage.answer({ kind: 'stop_request' })
      await back()
      expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'unsubscribed', emails: ['sent', no, no] })
    })

    it('skips for good what a person has ended since', async () => {
      const { id, toEmail, no, back } = await judged()
      const { leadId } = await stage.engine.db.conversation.findUniqueOrThrow({ where: { id } })
      await setLeadStatus(stage.engine.deps, { ids: [leadId ?? ''], status: 'invalid', by: null })
      await back()
      expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'invalid', emails: ['sent', no, no] })
    })

    it('plans nothing of another lead again', async () => {
      const { id, toEmail, no } = await judged()
      const other = await stage.engine.db.scheduledEmail.findFirstOrThrow({
        where: { lead: { email: { not: toEmail } }, status: 'pending' },
      })
      await stage.engine.db.scheduledEmail.update({
        where: { id: other.id },
        data: { status: 'skipped', failureReason: 'lead_unmailable', endedAt: day(0) },
      })
      const { version } = await stage.engine.db.conversation.findUniqueOrThrow({ where: { id } })
      const was = { interest: null, leadStatus: 'replied', skipped: [other.id] } as const
      await stage.api.inbox.resetInterest({ id, was: { ...was, skipped: [...was.skipped] }, ifVersion: version })
      expect(await stage.engine.db.scheduledEmail.findUnique({ where: { id: other.id } })).toMatchObject({
        status: 'skipped',
      })
      expect((await stage.leadAt(toEmail)).emails).toEqual(['sent', no, no])
    })
  })

  it('corrects a message that was taken for an automatic one first: the sequence ends', async () => {
    const { toEmail } = await stage.answer({ kind: 'out_of_office', until: '2026-03-16' })
    const { id } = await only()
    expect(await scopes()).toEqual(['away', 'everything'])
    expect(await stage.api.inbox.setInterest({ id, interest: 'interested' })).toMatchObject({ corrected: true })
    const skipped = 'skipped: lead_replied'
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'interested', emails: ['sent', skipped, skipped] })
    expect(await scopes()).toEqual(['open', 'waiting', 'everything'])
  })

  it('lifts no wish to be removed, and is nothing that a bounce says', async () => {
    await stage.answer({ kind: 'stop_request' })
    await stage.answer({ kind: 'bounce' }, 1)
    const before = await stage.engine.db.lead.findMany({ orderBy: { id: 'asc' }, select: { status: true } })
    expect(before.map(({ status }) => status)).toEqual(['unsubscribed', 'bounced'])
    for (const { id } of await stage.engine.db.conversation.findMany())
      await expect(stage.api.inbox.setInterest({ id, interest: 'interested' })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
    expect(await stage.engine.db.lead.findMany({ orderBy: { id: 'asc' }, select: { status: true } })).toEqual(before)
  })

  it('leaves a customer a customer', async () => {
    const { toEmail } = await stage.answer(REPLY)
    await stage.engine.db.lead.update({ where: { email: toEmail }, data: { status: 'converted' } })
    const { id } = await only()
    const { was } = await stage.api.inbox.setInterest({ id, interest: 'not_interested' })
    expect(was).toEqual({ interest: null, leadStatus: null, skipped: [] })
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'converted' })
  })

  it('is confirmed no more once a later answer plainly says otherwise, which takes nothing from the lead by itself', async () => {
    const { toEmail } = await stage.answer(REPLY)
    const { id } = await only()
    const judged = await stage.api.inbox.setInterest({ id, interest: 'interested' })
    const say = (text: string) => {
      stage.engine.clock.advance(60_000)
      return stage.answer({ kind: 'reply', text })
    }
    await say('Which of your three plans has the fourth pallet in it?')
    expect(await only()).toMatchObject({ interest: 'interested', version: judged.version })
    await say('Sounds great, let us talk.')
    expect(await only()).toMatchObject({ interest: 'interested', version: judged.version })
    await say('We are not interested any more.')
    expect(await only()).toMatchObject({ interest: null, lead: { status: 'interested' } })
    const back = stage.api.inbox.resetInterest({ id, was: judged.was, ifVersion: judged.version })
    await expect(back).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await stage.leadAt(toEmail)).toMatchObject({ status: 'interested' })
    await stage.api.inbox.setInterest({ id, interest: 'not_interested' })
    await say('Please take me off your list.')
    expect(await only()).toMatchObject({ interest: 'not_interested' })
  })
})
