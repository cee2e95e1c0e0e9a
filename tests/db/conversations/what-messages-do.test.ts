import { describe, expect, it } from 'vitest'
import { runTick } from '@/use-cases/maintenance/run-tick'
import { ID } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT, sample, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'

const stage = allWithContactedLead()

describe('what is read', () => {
  it('a reply stops the sequence: the lead has replied, and its later emails are skipped for that', async () => {
    await stage.readSample('human-interested.gmail.en')
    expect(await stage.state()).toMatchObject({
      lead: 'replied',
      later: ['skipped: lead_replied', 'skipped: lead_replied'],
      suppressed: [],
    })
    expect(await stage.stored()).toMatchObject({
      kind: 'human',
      leadId: stage.ids.leadId,
      campaignId: stage.ids.campaignId,
      scheduledEmailId: ID,
    })
    expect((await stage.stored()).effects).toMatchObject({ skipped: 2, leadStatus: 'replied' })
  })

  it('somebody who is away gets what is planned after the date that the message names, the gap kept', async () => {
    await stage.readSample('away-2027-01-04.exchange.en')
    const after = await stage.state()
    expect(after).toMatchObject({ ...UNTOUCHED, away: '2027-01-05T00:00:00.000Z' })
    expect(after.due).toEqual(['2027-01-05T00:00:00.000Z', '2027-01-06T00:00:00.000Z'])
    expect((await stage.stored()).kind).toBe('out_of_office')
  })

  it('somebody who is away waits for the return alone: the tick leaves what had waited for the 24 hours at that time', async () => {
    const { db, deps } = stage.engine
    const first = { campaignId: stage.ids.campaignId, workflowStepNumber: 2 }
    await db.scheduledEmail.updateMany({ where: first, data: { waitReason: 'contacted_recently' } })
    await stage.readSample('away-2027-01-04.exchange.en')
    await runTick(deps)
    expect((await stage.state()).due).toEqual(['2027-01-05T00:00:00.000Z', '2027-01-06T00:00:00.000Z'])
  })

  it('a hard bounce ends the sequence, suppresses the address, and counts against the mailbox', async () => {
    await stage.readSample('bounce-hard.postfix-user-unknown.en')
    expect(await stage.state()).toMatchObject({
      lead: 'bounced',
      later: ['skipped: lead_bounced', 'skipped: lead_bounced'],
      suppressed: [`${OUR_LEAD} bounced`],
    })
    expect(await stage.engine.db.mailboxHour.findFirst()).toMatchObject({ mailboxId: stage.ids.mailboxId, bounces: 1 })
  })

  it('a bounce that names an id we never sent changes nothing, and is kept', async () => {
    const forged = sample('bounce-hard.postfix-user-unknown.en')
      .toString('latin1')
      .replaceAll(OUR_ID, '<x@nexa.example>')
    stage.server.put('inbox', Buffer.from(forged, 'latin1'), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 1 })
  })

  it('a wish to stop suppresses the address and skips what is planned', async () => {
    await stage.readSample('stop-sure.please-remove-me.en')
    expect(await stage.state()).toMatchObject({
      lead: 'unsubscribed',
      later: ['skipped: lead_unsubscribed', 'skipped: lead_unsubscribed'],
      suppressed: [`${OUR_LEAD} unsubscribed`],
    })
  })

  it('a wish that is not sure keeps everything back, and suppresses nobody', async () => {
    await stage.readSample('stop-unsure.asks-how.en')
    expect(await stage.state()).toMatchObject({
      later: ['skipped: asks_to_stop', 'skipped: asks_to_stop'],
      suppressed: [],
    })
  })

  it('a complaint suppresses', async () => {
    await stage.readSample('complaint.arf-abuse.en')
    expect(await stage.state()).toMatchObject({ lead: 'unsubscribed', suppressed: [`${OUR_LEAD} complained`] })
  })
})

const from = (address: string, text: string, { subject = 'A question' } = {}) =>
  `From: ${address}\r\nTo: sam@nexa.example\r\nSubject: ${subject}\r\nMessage-ID: <${address}>\r\n\r\n${text}\r\n`

describe('who has answered', () => {
  it('somebody else at the same company counts for the lead; a stranger is kept, and changes nothing', async () => {
    stage.server.put('inbox', from('someone@elsewhere.example', 'Good morning, are you the right one to ask?'), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 1 })
    expect(await stage.stored()).toMatchObject({ kind: 'human', matchedBy: null, leadId: null })
    stage.server.put('inbox', from('max@nordwind.example', 'Ute has shown me your email. That sounds good.'), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({
      lead: 'replied',
      later: ['skipped: lead_replied', 'skipped: lead_replied'],
    })
    expect(
      await stage.engine.db.receivedMessage.count({ where: { matchedBy: 'company', leadId: stage.ids.leadId } }),
    ).toBe(1)
  })

  it('a stranger who asks for no more email is on the list, and nobody else', async () => {
    stage.server.put('inbox', from('someone@elsewhere.example', 'Please remove me from your list.'), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, suppressed: ['someone@elsewhere.example unsubscribed'] })
  })

  it('ends the sequences of everybody at the company where the campaign says so, and of nobody elsewhere', async () => {
    const { db } = stage.engine
    await db.campaign.update({ where: { id: stage.ids.campaignId }, data: { stopSameCompany: true } })
    const { templateId } = await db.scheduledEmail.findUniqueOrThrow({ where: { id: ID } })
    for (const email of [
      'max@nordwind.example',
      'eva@sales.nordwind.example',
      'ada@suedwind.example',
      'zoe@altnordwind.example',
    ]) {
      const { id } = await db.lead.create({ data: { email } })
      const plain = {
        campaignId: stage.ids.campaignId,
        templateId,
        mailboxId: stage.ids.mailboxId,
        leadId: id,
        messageId: `<${email}>`,
      }
      await db.scheduledEmail.create({ data: { ...plain, scheduledFor: READ_AT } })
    }
    await stage.readSample('human-interested.gmail.en')
    const first = await db.scheduledEmail.findMany({
      where: { workflowStepNumber: 1, id: { not: ID } },
      orderBy: { messageId: 'asc' },
    })
    expect(first.map(({ messageId, status, failureReason }) => [messageId, status, failureReason])).toEqual([
      ['<ada@suedwind.example>', 'pending', null],
      ['<eva@sales.nordwind.example>', 'skipped', 'company_replied'],
      ['<max@nordwind.example>', 'skipped', 'company_replied'],
      ['<zoe@altnordwind.example>', 'pending', null],
    ])
  })

  it('of a long message from a stranger only the headers are fetched', async () => {
    stage.server.put('inbox', from('someone@elsewhere.example', 'long '.repeat(20_000)), READ_AT)
    await stage.read()
    expect(await stage.stored()).toMatchObject({
      fromEmail: 'someone@elsewhere.example',
      bodyText: '',
      size: expect.any(Number),
    })
    stage.server.put('inbox', from(OUR_LEAD, `That sounds good. ${'long '.repeat(20_000)}`), READ_AT)
    await stage.read()
    const known = await stage.engine.db.receivedMessage.findFirstOrThrow({ where: { fromEmail: OUR_LEAD } })
    expect(known.bodyText).toContain('That sounds good.')
  })
})
