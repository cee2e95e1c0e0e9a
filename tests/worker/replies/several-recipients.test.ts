import { beforeEach, describe, expect, it } from 'vitest'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { recordAttempts } from '@/use-cases/delivery/record-results'
import { READ_AT } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { bounceAt, complaintOf, rawMessage } from '../../support/conversation/reports'
import { BY } from '../../support/engine'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

const COPIED = 'kim@customer.example'
let messageId = ''

// A reply to the lead with one more recipient has left; what follows is planned again, as a person may do.
beforeEach(async () => {
  const { id } = await stage.write({ cc: [COPIED] })
  await stage.leave()
  messageId = `<${id}@nexa.example>`
  const data = { status: 'pending', failureReason: null, endedAt: null } as const
  await stage.engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: { gt: 1 } }, data })
})

/** A message comes; what it changed, and what is kept of it. */
async function come(raw: string) {
  stage.server.put('inbox', raw, READ_AT)
  await stage.read()
  const { lead, later, suppressed } = await stage.state()
  const came = await stage.engine.db.receivedMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return { lead, later, suppressed, kind: came.kind, effects: came.effects, leadId: came.leadId }
}

const answer = (from: string, text: string, more: string[] = []) =>
  rawMessage(
    [
      ...[`From: ${from}`, 'To: sam@nexa.example', 'Subject: Re: A quieter warehouse at Nordwind'],
      ...[`In-Reply-To: ${messageId}`, `Message-ID: <answer-of-${more.length}-${from}>`, ...more],
    ],
    text,
  )

/** What the history of the campaign says of messages. */
const said = async () =>
  (await stage.engine.db.campaignEvent.findMany({ where: { kind: 'answer_read' }, orderBy: { id: 'asc' } })).map(
    ({ message }) => message,
  )

const STOP = 'Please remove me from your list.'
const UNCHANGED = { lead: 'replied', later: ['pending', 'pending'], suppressed: [] }
const ONLY_COPIED = (reason: string) => ({ ...UNCHANGED, suppressed: [`${COPIED} ${reason}`] })

describe('a bounce of a reply with several recipients', () => {
  it('is that of the address which it names: a copied one, and nothing of the lead', async () => {
    expect(await come(bounceAt(messageId, [{ address: COPIED }]))).toMatchObject(ONLY_COPIED('bounced'))
    expect((await stage.engine.db.mailboxHour.findMany()).reduce((sum, { bounces }) => sum + bounces, 0)).toBe(1)
  })

  it('is the lead’s where it names the lead, wherever that stands', async () => {
    const { id } = await stage.write({ to: [COPIED], cc: [OUR_LEAD] })
    await stage.leave()
    expect(await come(bounceAt(`<${id}@nexa.example>`, [{ address: OUR_LEAD }]))).toMatchObject({
      ...{ lead: 'bounced', suppressed: [`${OUR_LEAD} bounced`] },
    })
  })

  it('may name all of them', async () => {
    const both = bounceAt(messageId, [{ address: COPIED }, { address: OUR_LEAD }])
    expect(await come(both)).toMatchObject({
      ...{ lead: 'bounced', suppressed: [`${COPIED} bounced`, `${OUR_LEAD} bounced`] },
      later: ['skipped: lead_bounced', 'skipped: lead_bounced'],
    })
  })

  it('that names none of them changes nothing for anybody, and says so', async () => {
    const came = await come(bounceAt(messageId, [{ address: 'forwarded@elsewhere.example' }]))
    expect(came).toMatchObject({ ...UNCHANGED, kind: 'bounce', leadId: stage.ids.leadId })
    expect(came.effects).toMatchObject({ unnamed: true, said: '550 5.1.1 User unknown' })
    const talk = await stage.engine.db.conversation.findFirstOrThrow({ where: { leadId: stage.ids.leadId } })
    expect(talk.isUnread).toBe(true)
  })
})

describe('a report about another recipient of a reply, or a wish to stop of theirs', () => {
  const correct = (id: string) =>
    correctMessage(stage.engine.deps, { id, to: 'nothing', why: 'She wrote from there today', by: BY })
  const idOf = async (fromEmail: string) =>
    (await stage.engine.db.receivedMessage.findFirstOrThrow({ where: { fromEmail }, orderBy: { id: 'asc' } })).id

  it.each([
    ['a bounce', () => bounceAt(messageId, [{ address: COPIED }])],
    ['a bounce that names nobody', () => bounceAt(messageId, [{ address: 'forwarded@elsewhere.example' }])],
    ['a complaint', () => complaintOf(messageId, COPIED)],
    ['a complaint that names nobody', () => complaintOf(messageId, null)],
    ['a wish to stop', () => answer(COPIED, STOP)],
  ])('ends nothing of the lead when what the lead wrote is corrected: %s', async (_, report) => {
    await come(report())
    await correct(stage.ids.messageId)
    expect(await stage.state()).toMatchObject({ lead: 'contacted', later: ['pending', 'pending'] })
  })

  it.each([
    ['bounced', () => bounceAt(messageId, [{ address: COPIED }])],
    ['unsubscribed', () => answer(COPIED, STOP)],
  ])('keeps no other address on the list: %s', async (reason, said) => {
    await come(bounceAt(messageId, [{ address: OUR_LEAD }]))
    const id = await idOf('mailer-daemon@mx.example')
    await come(said())
    await correct(id)
    expect(await stage.state()).toMatchObject({ lead: 'replied', suppressed: [`${COPIED} ${reason}`] })
  })

  it('keeps their own address on the list where a report about that is corrected', async () => {
    await come(bounceAt(messageId, [{ address: COPIED }]))
    const id = await idOf('mailer-daemon@mx.example')
    await come(answer(COPIED, STOP))
    await correct(id)
    expect(await stage.state()).toMatchObject({ suppressed: [`${COPIED} bounced`] })
  })

  it.each([
    ['another recipient', COPIED, 'pending'],
    ['the lead', OUR_LEAD, 'skipped: lead_unsubscribed'],
  ])('ends no email that was on the wire, unless it is the lead: %s', async (_, who, then) => {
    const { db, deps } = stage.engine
    stage.engine.clock.advance(60_000)
    const second = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 2 } })
    const at = deps.clock.now()
    const data = { status: 'sending', claim: 1, sendingSince: at, leaseUntil: at }
    await db.scheduledEmail.update({ where: { id: second.id }, data })
    await come(answer(who, STOP))
    const said = {
      status: 'pending',
      reason: 'later',
      attemptUsed: true,
      addressInvalid: false,
      message: null,
    } as const
    const days = { mailboxId: stage.ids.mailboxId, mailboxDay: '2026-12-18', campaignDays: [] }
    await recordAttempts(deps, [{ ...said, id: second.id, fencingToken: 1, dueAt: at }], days)
    expect((await stage.state()).later[0]).toBe(then)
  })

  it('ends the sequence of the lead as before where it names the lead', async () => {
    await come(bounceAt(messageId, [{ address: COPIED }, { address: OUR_LEAD }]))
    await correct(stage.ids.messageId)
    expect(await stage.state()).toMatchObject({
      lead: 'bounced',
      later: ['skipped: lead_bounced', 'skipped: lead_bounced'],
    })
  })
})

describe('a complaint about a reply with several recipients', () => {
  it('is that of the address which it names', async () => {
    expect(await come(complaintOf(messageId, COPIED))).toMatchObject(ONLY_COPIED('complained'))
    expect(await come(complaintOf(messageId, OUR_LEAD))).toMatchObject({ lead: 'unsubscribed' })
  })

  it('that names none of them changes nothing for anybody, and says so', async () => {
    const came = await come(complaintOf(messageId, null))
    expect(came).toMatchObject({ ...UNCHANGED, kind: 'complaint' })
    expect(came.effects).toMatchObject({ unnamed: true })
  })
})

describe('the history of a campaign', () => {
  it('says of the lead only what is about the lead', async () => {
    await come(complaintOf(messageId, COPIED))
    await come(answer(COPIED, STOP))
    await come(answer(COPIED, 'Out of the office until 4 January 2027.', ['Auto-Submitted: auto-replied', 'X-N: 2']))
    expect(await said()).toEqual([
      'A lead replied: 2 emails skipped',
      'An email was marked as spam',
      'Somebody who is not the lead asked to be removed',
    ])
    await come(complaintOf(messageId, OUR_LEAD))
    expect((await said()).at(-1)).toBe('A lead marked an email as spam: 2 emails skipped')
  })
})

describe('who was copied in a reply', () => {
  it('asks to be removed for nobody else', async () => {
    expect(await come(answer(COPIED, STOP))).toMatchObject(ONLY_COPIED('unsubscribed'))
  })

  it('is away without the lead', async () => {
    const came = await come(
      answer(COPIED, 'I am out of the office until 4 January 2027.', ['Auto-Submitted: auto-replied']),
    )
    expect(came).toMatchObject({ ...UNCHANGED, kind: 'out_of_office' })
    expect((await stage.state()).away).toBeNull()
  })
})

describe('an answer to a reply with several recipients', () => {
  it('asks for the lead where the lead writes', async () => {
    expect(await come(answer(OUR_LEAD, STOP))).toMatchObject({
      ...{ lead: 'unsubscribed', suppressed: [`${OUR_LEAD} unsubscribed`] },
    })
  })

  it('from somebody else binds for them, and a person decides whether the lead is meant', async () => {
    const came = await come(answer('who@elsewhere.example', STOP))
    expect(came).toMatchObject({ lead: 'replied', suppressed: ['who@elsewhere.example unsubscribed'] })
    expect(came.effects).toMatchObject({ asksPerson: true })
  })
})
