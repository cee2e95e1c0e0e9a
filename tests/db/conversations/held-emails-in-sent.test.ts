import { beforeEach, describe, expect, it } from 'vitest'
import { allWithContactedLead, READ_AT } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'

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
  } = {}) =>
    `From: sam@nexa.example\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: ${date}\r\nMessage-ID: ${id}\r\n\r\nHello Ada\r\n`
  const held = () => stage.engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: heldId } })
  const isHeldAfter = async (raw: string) => {
    stage.server.put('sent', raw, READ_AT)
    await stage.read()
    return (await held()).status === 'held'
  }

  it.each<[string, () => { id?: string; subject?: string }]>([
    ['our own id, whatever else it says', () => ({ id: messageId, subject: 'Changed by a gateway' })],
    ['recipient, time and a subject made from its template, under an id of the provider', () => ({})],
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
  ])('stays held by a message in Sent with %s', async (_what, which) => {
    expect(await isHeldAfter(copy(which()))).toBe(true)
    expect(await stage.engine.db.email.count({ where: { id: heldId } })).toBe(0)
  })

  it('that answers in a thread is known by the subject of the thread', async () => {
    const { db } = stage.engine
    const template = await db.emailTemplate.findFirstOrThrow()
    const step = { stepNumber: 2, daysAfterPrevious: 1, replyInThread: true }
    const steps = { create: { ...step, template: { connect: { id: template.id } } } }
    const workflow = await db.workflow.create({ data: { name: 'In thread', steps } })
    await db.scheduledEmail.update({ where: { id: heldId }, data: { workflowId: workflow.id } })
    expect(await isHeldAfter(copy())).toBe(true)
    const inThread = copy({ id: '<second@eu.provider.example>', subject: 'Re: A quieter warehouse at Nordwind' })
    expect(await isHeldAfter(inThread)).toBe(false)
  })
})
