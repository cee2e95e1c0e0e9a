import { describe, expect, it } from 'vitest'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { giveBack } from '@/use-cases/delivery/refusals'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { READ_AT, sample, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'

const HELD_BACK = ['skipped: asks_to_stop', 'skipped: asks_to_stop']
const BY_HAND = `From: Sam <sam@nexa.example>\r\nTo: ${OUR_LEAD}\r\nSubject: Re: Pallets\r\nMessage-ID: <hand@nexa.example>\r\nIn-Reply-To: ${OUR_ID}\r\n\r\nHello\r\n`

describe('a message that is corrected after one of us has answered', () => {
  const stage = allWithAnsweredEmail('stop-unsure.asks-how.en')
  const correct = (to: 'reply' | 'stop_request' | 'nothing') =>
    correctMessage(stage.engine.deps, { id: stage.ids.messageId, to, by: BY })

  it('plans nothing again: the answer keeps the lead out of the sequence', async () => {
    await stage.write()
    await stage.leave()
    expect(await stage.state()).toMatchObject({ later: HELD_BACK })
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 0 })
    expect(await stage.state()).toMatchObject({ lead: 'contacted', later: HELD_BACK })
  })

  it('is a wish to stop all the same: what it held back is skipped for that', async () => {
    await stage.write()
    await stage.leave()
    expect(await correct('stop_request')).toMatchObject({ skipped: 2 })
    const unsubscribed = 'skipped: lead_unsubscribed'
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed', later: [unsubscribed, unsubscribed] })
  })

  it.each([
    ['an answer', async () => void (await stage.write())],
    [
      'one that was forwarded',
      async () => {
        await stage.write({ kind: 'forward', to: ['kim@elsewhere.example'] })
        await stage.leave()
      },
    ],
  ])('plans all of it again beside %s that has not left to the lead', async (_, write) => {
    await write()
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 2 })
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it.each(['in the inbox', 'by hand'])('plans again what goes on after a reply: answered %s', async (where) => {
    const { db } = stage.engine
    await db.campaign.updateMany({ data: { continueAfterReply: true } })
    if (where === 'by hand') {
      stage.server.put('sent', BY_HAND, READ_AT)
      await stage.read()
    } else {
      await stage.write()
      await stage.leave()
    }
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 2 })
  })

  it('plans nothing again though the clock of whoever sent the answer is half a second behind', async () => {
    const { id } = await stage.write()
    await stage.leave()
    const { endedAt } = await stage.engine.db.scheduledEmail.findFirstOrThrow({ where: { status: 'skipped' } })
    const before = new Date((endedAt?.getTime() ?? 0) - 500)
    await stage.engine.db.reply.update({ where: { id }, data: { endedAt: before } })
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 0 })
  })

  it('plans again what was planned and skipped only after the answer', async () => {
    await stage.write()
    await stage.leave()
    stage.engine.clock.advanceDays(1)
    await stage.engine.db.scheduledEmail.updateMany({
      where: { status: 'skipped' },
      data: { endedAt: stage.engine.clock.now() },
    })
    expect(await correct('nothing')).toMatchObject({ plannedAgain: 2 })
  })
})

describe('emails of a colleague that a reply has ended as well', () => {
  const stage = allWithAnsweredEmail('stop-unsure.asks-how.en')

  /** A colleague with a planned email, which the reply of the lead ends. Returns the ids of the colleague and of that email. */
  async function colleague() {
    const { db, deps } = stage.engine
    await db.campaign.updateMany({ data: { stopSameCompany: true } })
    const like = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 1 } })
    const lead = await db.lead.create({ data: { email: 'max@nordwind.example', status: 'contacted' } })
    const { id: _, emailId: _e, ...row } = like
    const sent = await db.scheduledEmail.create({ data: { ...row, leadId: lead.id, messageId: '<max1@nexa.example>' } })
    const planned = { status: 'pending', workflowStepNumber: 2, sentAt: null, endedAt: null, claim: 0 } as const
    const { id } = await db.scheduledEmail.create({
      data: { ...row, ...planned, sendingSince: null, leadId: lead.id, messageId: '<max2@nexa.example>' },
    })
    await correctMessage(deps, { id: stage.ids.messageId, to: 'reply', by: BY })
    const status = async () => (await db.scheduledEmail.findUniqueOrThrow({ where: { id } })).status
    expect(await status()).toBe('skipped')
    return { leadId: lead.id, sentId: sent.id, status }
  }
  const takeBack = () => correctMessage(stage.engine.deps, { id: stage.ids.messageId, to: 'nothing', by: BY })

  it('come back with the lead’s own', async () => {
    const { status } = await colleague()
    expect(await takeBack()).toMatchObject({ plannedAgain: 3 })
    expect(await status()).toBe('pending')
  })

  it('stay where one of us has answered the colleague meanwhile', async () => {
    const { status, leadId } = await colleague()
    const { id } = await stage.write()
    await stage.leave()
    await stage.engine.db.reply.update({ where: { id }, data: { leadId } })
    expect(await takeBack()).toMatchObject({ plannedAgain: 2 })
    expect(await status()).toBe('skipped')
  })

  it('stay where the colleague was answered by hand, and come back once that is corrected', async () => {
    const { status } = await colleague()
    const { db, deps } = stage.engine
    const theirs = BY_HAND.replace(OUR_LEAD, 'max@nordwind.example').replace(OUR_ID, '<max1@nexa.example>')
    stage.server.put('sent', theirs, READ_AT)
    await stage.read()
    expect(await takeBack()).toMatchObject({ plannedAgain: 2 })
    expect(await status()).toBe('skipped')
    const { id } = await db.receivedMessage.findFirstOrThrow({ where: { kind: 'own' } })
    await correctMessage(deps, { id, to: 'nothing', by: BY })
    expect(await status()).toBe('pending')
  })
})

describe('what had failed, or was skipped as the step before had failed', () => {
  const stage = allWithAnsweredEmail('automatic.ticket-opened.en')
  const retry = () => retryFailed(stage.engine.deps, { campaignId: stage.ids.campaignId, by: BY })
  const failed = async () => {
    const { db } = stage.engine
    const of = (workflowStepNumber: number) => ({ where: { workflowStepNumber } })
    await db.scheduledEmail.updateMany({ ...of(2), data: { status: 'failed', failedAt: READ_AT, endedAt: READ_AT } })
    const skipped = { status: 'skipped', failureReason: 'previous_step_not_delivered', endedAt: READ_AT } as const
    await db.scheduledEmail.updateMany({ ...of(3), data: skipped })
    await db.campaign.updateMany({ data: { emailsSentCount: 1, emailsFailedCount: 1 } })
  }

  it.each([
    ['one of us has answered the lead', 'answered_by_hand'],
    ['somebody has answered it by hand', 'answered_by_hand'],
    ['its wish to stop waits for a person', 'asks_to_stop'],
  ])('is not tried again where %s', async (what, reason) => {
    await failed()
    if (reason === 'asks_to_stop') stage.server.put('inbox', sample('stop-unsure.asks-how.en'), READ_AT)
    else if (what.endsWith('by hand')) stage.server.put('sent', BY_HAND, READ_AT)
    else {
      await stage.write()
      await stage.leave()
    }
    await stage.read()
    expect(await retry()).toEqual({ reopened: 0, leftOut: [{ reason, count: 1 }] })
    expect((await stage.state()).later).toEqual(['failed', 'skipped: previous_step_not_delivered'])
  })

  it.each([
    ['is not given back to an answered lead when the mail server was at fault', true],
    ['is given back to a lead that nobody has answered', false],
  ])('%s', async (_, isAnswered) => {
    await failed()
    if (isAnswered) {
      await stage.write()
      await stage.leave()
    }
    const { db, deps } = stage.engine
    const { id, claim } = await db.scheduledEmail.findFirstOrThrow({ where: { status: 'failed' } })
    const emails = [{ scheduledEmailId: id, claim, suspect: 'content' as const }]
    await giveBack(deps, { emails, reason: 'put_back' })
    const as = isAnswered ? ['failed', 'skipped: previous_step_not_delivered'] : ['pending', 'pending']
    expect((await stage.state()).later).toEqual(as)
  })

  it('is tried again otherwise', async () => {
    await failed()
    expect(await retry()).toEqual({ reopened: 1, leftOut: [] })
  })
})
