import { describe, expect, it } from 'vitest'
import { updateLead } from '@/use-cases/leads/update-lead'
import { allWithContactedLead, READ_AT } from '../../support/conversation/reading-stage'

const stage = allWithContactedLead()

const fromAddress = (address: string) =>
  `From: ${address}\r\nTo: sam@nexa.example\r\nSubject: Your email\r\nMessage-ID: <${address}>\r\n\r\nThat sounds good.\r\n`

describe('an answer without ids, after the address of the lead was corrected', () => {
  const correct = (email: string) => updateLead(stage.engine.deps, { id: stage.ids.leadId, email, by: null })
  const found = () =>
    stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' }, select: { fromEmail: true, matchedBy: true } })

  it.each([0, 1, 2])('belongs to the lead from each of its addresses: number %i of three', async (which) => {
    const { db } = stage.engine
    const { email: first } = await db.lead.findUniqueOrThrow({ where: { id: stage.ids.leadId } })
    const addresses = [first, 'ute.winter@gmail.com', 'ute@elsewhere.example']
    for (const address of addresses.slice(1)) await correct(address)
    const address = addresses[which] ?? ''
    stage.server.put('inbox', fromAddress(address), READ_AT)
    stage.server.put('inbox', fromAddress('somebody@else.example'), READ_AT)
    await stage.read()
    expect(await found()).toEqual([
      { fromEmail: address, matchedBy: 'sender' },
      { fromEmail: 'somebody@else.example', matchedBy: null },
    ])
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
  })

  it('by a colleague at the company of the new one, too', async () => {
    await correct('ute@elsewhere.example')
    stage.server.put('inbox', fromAddress('max@elsewhere.example'), READ_AT)
    await stage.read()
    expect(await found()).toEqual([{ fromEmail: 'max@elsewhere.example', matchedBy: 'company' }])
  })

  it('is kept with nobody once the lead is deleted: its former addresses go along', async () => {
    const { db } = stage.engine
    await correct('ute@elsewhere.example')
    expect(await db.leadFormerAddress.count()).toBe(1)
    await db.lead.deleteMany()
    expect(await db.leadFormerAddress.count()).toBe(0)
  })

  it.each([
    ['it', ['toEmails'], 1],
    ['it in copy', ['ccEmails'], 1],
    ['another one', [], 0],
  ])('from a former one to which nothing but a reply went: to %s', async (_what, fields, kept) => {
    const { db } = stage.engine
    const { id: leadId, email } = await db.lead.findUniqueOrThrow({ where: { id: stage.ids.leadId } })
    const planned = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 1 } })
    await db.scheduledEmail.deleteMany()
    const { mailboxId } = stage.ids
    const went = { toEmails: ['max@nordwind.example'], ...Object.fromEntries(fields.map((one) => [one, [email]])) }
    const from = { fromEmail: 'sam@nexa.example', fromName: 'Sam', writtenBy: 'u' }
    const times = { dueAt: READ_AT, createdAt: READ_AT, updatedAt: READ_AT }
    const content = { messageId: '<reply@nexa.example>', subject: 'Tuesday', bodyText: 'Tuesday suits us.' }
    const reply = { mailboxId, leadId, ...from, ...went, ...content, ...times }
    const { id } = await db.reply.create({ data: { ...reply, status: 'pending' } })
    await correct('ute@elsewhere.example')
    // It is only written yet.
    expect(await db.leadFormerAddress.count()).toBe(0)
    await correct(email)
    await db.leadFormerAddress.deleteMany()
    await db.reply.update({ where: { id }, data: { status: 'sent', claim: 1, sentAt: READ_AT, endedAt: READ_AT } })
    await correct('ute@elsewhere.example')
    expect(await db.leadFormerAddress.findMany()).toEqual(kept ? [{ leadId, email }] : [])
    // A sequence to the new one begins.
    await db.scheduledEmail.create({ data: { ...planned, emailId: null } })
    stage.server.put('inbox', fromAddress(email), READ_AT)
    await stage.read()
    expect(await found()).toEqual([{ fromEmail: email, matchedBy: kept ? 'sender' : null }])
  })
})
