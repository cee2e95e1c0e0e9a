import { beforeEach, describe, expect, it } from 'vitest'
import { allWithContactedLead, READ_AT } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'

const SENT_AT = '2026-12-18T08:00:00Z'

describe('a held email that was never recorded', () => {
  const stage = allWithContactedLead()
  let heldId: string
  let messageId: string
  beforeEach(async () => {
    const { db } = stage.engine
    await db.emailTemplate.updateMany({ data: { subject: 'Two hours at {{ company_name }}' } })
    const second = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 2 } })
    heldId = second.id
    messageId = `<${second.id}@nexa.example>`
    const held = { status: 'held', claim: 1, messageId, sendingSince: new Date(SENT_AT), heldAt: READ_AT } as const
    await db.scheduledEmail.update({ where: { id: heldId }, data: held })
  })

  const copy = ({
    id = '<rewritten@eu.provider.example>',
    to = OUR_LEAD,
    subject = 'Two hours at Nordwind GmbH',
    date = 'Fri, 18 Dec 2026 08:00:05 +0000',
    references = [],
    inReplyTo = '',
  }: Partial<Record<'id' | 'to' | 'subject' | 'date' | 'inReplyTo', string>> & { references?: string[] } = {}) => {
    const thread = `${inReplyTo && `In-Reply-To: ${inReplyTo}\r\n`}${references.length ? `References: ${references.join(' ')}\r\n` : ''}`
    return `From: sam@nexa.example\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: ${date}\r\nMessage-ID: ${id}\r\n${thread}\r\nHello Ada\r\n`
  }
  const held = () => stage.engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: heldId } })
  const isHeldAfter = async (raw: string) => {
    stage.server.put('sent', raw, READ_AT)
    await stage.read()
    return (await held()).status === 'held'
  }

  it.each<[string, () => { id?: string; subject?: string; references?: string[] }]>([
    ['our own id, whatever else it says', () => ({ id: messageId, subject: 'Changed by a gateway' })],
    ['recipient, time and a subject made from its template, under an id of the provider', () => ({})],
    [
      'our own id at the end of its References, whatever its subject, under an id of the provider',
      () => ({ references: [messageId], subject: 'Made from an older version' }),
    ],
    [
      'recipient, time and subject, where an id of the provider stands behind ours in its References',
      () => ({ references: [messageId, '<rewritten@eu.provider.example>'] }),
    ],
  ])('is sent once a copy of it is found in Sent by %s', async (_by, which) => {
    expect(await isHeldAfter(copy(which()))).toBe(false)
    expect(await held()).toMatchObject({ status: 'sent', emailId: heldId, sentAt: new Date(SENT_AT) })
    const record = await stage.engine.db.email.findUniqueOrThrow({ where: { id: heldId } })
    expect(record.providerMessageId).toBe(which().id === messageId ? null : '<rewritten@eu.provider.example>')
    const event = await stage.engine.db.campaignEvent.findFirstOrThrow({ where: { kind: 'held_resolved' } })
    expect(event).toMatchObject({
      message: '1 held email treated as sent. It left: a copy of it lies in Sent.',
      details: { scheduledEmailId: heldId, evidence: 'own_copy' },
    })
    expect(await stage.state()).toMatchObject({ later: ['sent', 'pending'] })
  })

  it('is sent likewise by a copy in the one folder that holds all, where the provider keeps no other', async () => {
    stage.server.folders.sent.role = 'all'
    expect(await isHeldAfter(copy())).toBe(false)
  })

  it.each([
    ['an id that only resembles ours', () => ({ id: messageId.replace('@', '1@'), subject: 'Another matter' })],
    ['another subject', () => ({ subject: 'Two days at Nordwind GmbH' })],
    ['another recipient', () => ({ to: 'ben@elsewhere.example' })],
    ['another time', () => ({ date: 'Fri, 18 Dec 2026 08:20:05 +0000' })],
    [
      'our own id in its References, to another recipient',
      () => ({ to: 'ben@elsewhere.example', references: [messageId] }),
    ],
    ['our own id as what it answers', () => ({ inReplyTo: messageId, references: [messageId] })],
    [
      'our own id before what it answers',
      () => ({ inReplyTo: '<a@b.example>', references: [messageId, '<a@b.example>'] }),
    ],
    [
      'our own id in its References, forwarded',
      () => ({ subject: 'Fwd: Two hours at Nordwind', references: [messageId] }),
    ],
    ['its subject, in answer to the email before it', () => ({ inReplyTo: OUR_ID, references: [OUR_ID] })],
  ])('stays held by a message in Sent with %s', async (_what, which) => {
    expect(await isHeldAfter(copy(which()))).toBe(true)
    expect(await stage.engine.db.email.count({ where: { id: heldId } })).toBe(0)
  })

  it('stays held by another message to the lead whose subject begins as its short template does', async () => {
    await stage.engine.db.emailTemplate.updateMany({ data: { subject: 'Hello {{ first_name }}' } })
    expect(await isHeldAfter(copy({ subject: 'Hello Ada, sorry for the noise' }))).toBe(true)
    expect(await stage.state()).toMatchObject({ later: ['held', 'skipped: answered_by_hand'] })
  })

  describe('and answers in a thread', () => {
    const subject = 'Re: A quieter warehouse at Nordwind'
    const provider = '<first@eu.provider.example>'
    beforeEach(async () => {
      const { db } = stage.engine
      const template = await db.emailTemplate.findFirstOrThrow()
      const step = { stepNumber: 2, daysAfterPrevious: 1, replyInThread: true }
      const steps = { create: { ...step, template: { connect: { id: template.id } } } }
      const workflow = await db.workflow.create({ data: { name: 'In thread', steps } })
      await db.scheduledEmail.update({ where: { id: heldId }, data: { workflowId: workflow.id } })
      await db.email.updateMany({ data: { providerMessageId: provider } })
    })

    it('is known by its own id, which stands behind those of the thread', async () => {
      const inThread = { subject, inReplyTo: provider, references: [OUR_ID, provider, messageId] }
      expect(await isHeldAfter(copy(inThread))).toBe(false)
      expect(await held()).toMatchObject({ status: 'sent', emailId: heldId })
      expect(await stage.state()).toMatchObject({ later: ['sent', 'pending'] })
    })

    it.each([
      ['in the thread', () => ({ subject, inReplyTo: provider, references: [OUR_ID, provider] })],
      ['with the subject of the thread alone', () => ({ subject })],
      ['with the subject of its template', () => ({})],
    ])('stays held by a message of the same minute %s', async (_which, which) => {
      expect(await isHeldAfter(copy(which()))).toBe(true)
      expect(await stage.engine.db.email.count({ where: { id: heldId } })).toBe(0)
    })
  })
})
