import { describe, expect, it } from 'vitest'
import { ID, OUR_SUBJECT, SENT_AT } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT, UNTOUCHED } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'

const stage = allWithContactedLead()

const own = (id: string, { subject = OUR_SUBJECT, more = '', to = OUR_LEAD } = {}) =>
  `From: Sam <sam@nexa.example>\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Mon, 14 Dec 2026 08:00:05 +0000\r\n` +
  `Message-ID: ${id}\r\n${more}\r\nHello\r\n`

describe('what we wrote ourselves', () => {
  it('a copy of an email of ours changes nothing', async () => {
    stage.server.put('sent', own(OUR_ID), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ ...UNTOUCHED, messages: 1 })
  })

  it('an answer by hand ends the sequence, and is no reply of the lead', async () => {
    stage.server.put(
      'sent',
      own('<hand@nexa.example>', { subject: `Re: ${OUR_SUBJECT}`, more: `In-Reply-To: ${OUR_ID}\r\n` }),
      READ_AT,
    )
    await stage.read()
    expect(await stage.state()).toMatchObject({
      lead: 'contacted',
      later: ['skipped: answered_by_hand', 'skipped: answered_by_hand'],
    })
  })

  it.each([
    ['somebody else', { to: 'partner@elsewhere.example', subject: `Fwd: ${OUR_SUBJECT}` }],
    ['a colleague', { to: 'kim@nexa.example', subject: `WG: ${OUR_SUBJECT}` }],
    ['ourselves alone, as a note', { to: 'sam@nexa.example', subject: `Re: ${OUR_SUBJECT}` }],
    ['whom it was forwarded to, further on', { to: 'partner@elsewhere.example', subject: `Re: Fwd: ${OUR_SUBJECT}` }],
  ])('what was handed on to %s is no talk with the lead, and ends nothing', async (_, { to, subject }) => {
    await stage.engine.db.mailbox.updateMany({ data: { aliases: ['kim@nexa.example'] } })
    stage.server.put(
      'sent',
      own('<handed@nexa.example>', { to, subject, more: `In-Reply-To: ${OUR_ID}\r\nReferences: ${OUR_ID}\r\n` }),
      READ_AT,
    )
    await stage.read()
    expect(await stage.state()).toMatchObject(UNTOUCHED)
  })

  it.each([
    ['with the lead in copy', { to: `partner@elsewhere.example, ${OUR_LEAD}`, subject: `Fwd: ${OUR_SUBJECT}` }],
    ['to another address that the lead has', { to: 'private@elsewhere.example', subject: `Re: ${OUR_SUBJECT}` }],
  ])('what goes %s ends the sequence', async (_, { to, subject }) => {
    stage.server.put('sent', own('<hand@nexa.example>', { to, subject, more: `In-Reply-To: ${OUR_ID}\r\n` }), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ later: ['skipped: answered_by_hand', 'skipped: answered_by_hand'] })
  })

  it('a copy in Sent shows it also of an email whose worker died on the wire, before anybody could hold it', async () => {
    await stage.engine.db.email.deleteMany()
    const onTheWire = { status: 'sending', leaseUntil: new Date(), sentAt: null, emailId: null } as const
    await stage.engine.db.scheduledEmail.update({ where: { id: ID }, data: onTheWire })
    stage.server.put('sent', own(OUR_ID), READ_AT)
    await stage.read()
    expect(await stage.engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: ID } })).toMatchObject({
      status: 'sent',
    })
  })

  it('a copy in Sent shows that a held email left, and says so in the history of its campaign', async () => {
    await stage.engine.db.email.deleteMany()
    const held = { status: 'held', heldAt: READ_AT, sentAt: null, emailId: null } as const
    await stage.engine.db.scheduledEmail.update({ where: { id: ID }, data: held })
    stage.server.put('sent', own(OUR_ID), READ_AT)
    await stage.read()
    expect(await stage.engine.db.scheduledEmail.findUniqueOrThrow({ where: { id: ID } })).toMatchObject({
      status: 'sent',
      sentAt: new Date(SENT_AT),
    })
    expect(await stage.engine.db.email.findUnique({ where: { id: ID } })).toMatchObject({ bodyText: 'Hello\n' })
    expect(
      await stage.engine.db.campaignEvent.findMany({
        where: { campaignId: stage.ids.campaignId, kind: 'held_resolved' },
      }),
    ).toHaveLength(1)
  })
})
