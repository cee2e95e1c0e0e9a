import { describe, expect, it } from 'vitest'
import { READ_AT } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

const message = (headers: string[], text: string) => `${[...headers, 'MIME-Version: 1.0', '', text].join('\r\n')}\r\n`

/** The reply as the folder Sent of its mailbox holds it. */
const copyOf = (index = 0) => stage.engine.sink.received[index]?.raw ?? ''

describe('messages about a reply that one of us has written', () => {
  it('an answer to it belongs to the lead and the email with which the talk began, whoever gives it', async () => {
    const { engine, ids } = stage
    const { id } = await stage.write()
    await stage.leave()
    const answer = [
      'From: Kim <kim@elsewhere.example>',
      'To: sam@nexa.example',
      'Subject: Something else',
      `In-Reply-To: <${id}@nexa.example>`,
    ]
    stage.server.put('inbox', message([...answer, 'Message-ID: <second@elsewhere.example>'], 'That is fine.'), READ_AT)
    await stage.read()
    const [stored] = await engine.db.receivedMessage.findMany({ where: { messageId: '<second@elsewhere.example>' } })
    const planned = await engine.db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 1 } })
    expect(stored).toMatchObject({
      ...{ kind: 'human', matchedBy: 'in_reply_to', leadId: ids.leadId, campaignId: ids.campaignId },
      scheduledEmailId: planned.id,
    })
  })

  it('an answer to it belongs to the lead also where the campaign is gone', async () => {
    const { engine, ids } = stage
    const { id } = await stage.write()
    await stage.leave()
    await engine.db.campaign.deleteMany()
    const answer = [
      'From: kim@elsewhere.example',
      'To: sam@nexa.example',
      'Subject: x',
      `In-Reply-To: <${id}@nexa.example>`,
    ]
    stage.server.put(
      'inbox',
      message([...answer, 'Message-ID: <third@elsewhere.example>'], 'Please remove me from your list.'),
      READ_AT,
    )
    await stage.read()
    const stored = await engine.db.receivedMessage.findFirstOrThrow({
      where: { messageId: '<third@elsewhere.example>' },
    })
    expect(stored).toMatchObject({ kind: 'stop_request', leadId: ids.leadId, scheduledEmailId: null })
    expect((await engine.db.lead.findUniqueOrThrow({ where: { id: ids.leadId } })).status).toBe('unsubscribed')
  })

  it('an answer to what was forwarded is none of the lead', async () => {
    const { engine } = stage
    const { id } = await stage.write({ kind: 'forward', to: ['kim@elsewhere.example'] })
    await stage.leave()
    const answer = [
      'From: kim@elsewhere.example',
      'To: sam@nexa.example',
      'Subject: x',
      `In-Reply-To: <${id}@nexa.example>`,
    ]
    stage.server.put('inbox', message([...answer, 'Message-ID: <fourth@elsewhere.example>'], 'Interesting.'), READ_AT)
    await stage.read()
    const stored = await engine.db.receivedMessage.findFirstOrThrow({
      where: { messageId: '<fourth@elsewhere.example>' },
    })
    expect(stored).toMatchObject({ kind: 'human', matchedBy: null, leadId: null })
  })

  it('its copy in Sent is our own, and shows that a held one has left', async () => {
    const { engine, ids } = stage
    engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
    const { id } = await stage.write()
    await stage.leave()
    expect((await stage.reply(id)).status).toBe('held')
    stage.server.put('sent', copyOf(), READ_AT)
    await stage.read()
    const sent = await stage.reply(id)
    expect(sent).toMatchObject({ status: 'sent', heldAt: null })
    expect(sent.reason).toBe('It left: a copy of it lies in Sent.')
    const talk = await engine.db.conversation.findFirstOrThrow({ where: { leadId: ids.leadId } })
    expect(talk.isWaiting).toBe(false)
    const copy = await engine.db.receivedMessage.findFirstOrThrow({ where: { kind: 'own' } })
    expect(copy).toMatchObject({ details: { copy: true }, leadId: ids.leadId })
  })

  it('an answer to one whose delivery was unknown shows that it has left, and waits for us itself', async () => {
    const { engine, ids } = stage
    engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
    const { id } = await stage.write()
    await stage.leave()
    engine.clock.advance(3_600_000)
    const headers = [`From: ${OUR_LEAD}`, 'To: sam@nexa.example', 'Subject: x', `In-Reply-To: <${id}@nexa.example>`]
    const raw = message([...headers, 'Message-ID: <sixth@nordwind.example>'], 'Thank you.')
    stage.server.put('inbox', raw, new Date(engine.clock.now().getTime() - 60_000))
    await stage.read()
    const sent = await stage.reply(id)
    expect(sent).toMatchObject({ status: 'sent', reason: 'It left: an answer to it came.' })
    const talk = await engine.db.conversation.findFirstOrThrow({ where: { leadId: ids.leadId } })
    expect(talk).toMatchObject({ isWaiting: true, lastOutAt: sent.sentAt })
  })

  it('a message that came after it was written stays unread when it leaves, and one that came before does not', async () => {
    const { engine, ids } = stage
    const talk = () => engine.db.conversation.findFirstOrThrow({ where: { leadId: ids.leadId } })
    await stage.write()
    expect((await talk()).isUnread).toBe(true)
    const came = new Date(engine.clock.now().getTime() + 5_000)
    const headers = [`From: ${OUR_LEAD}`, 'To: sam@nexa.example', 'Subject: x', 'Message-ID: <more@nordwind.example>']
    stage.server.put('inbox', message(headers, 'One more thing: when can you start?'), came)
    await stage.read()
    await stage.leave()
    expect((await talk()).lastOutAt?.getTime()).toBeGreaterThan(came.getTime())
    expect(await talk()).toMatchObject({ isUnread: true })
    await stage.write()
    await stage.leave()
    expect(await talk()).toMatchObject({ isUnread: false })
  })

  it('the id that a provider gave it is learnt from its copy, and from the answer of the server', async () => {
    const { engine } = stage
    const first = await stage.write()
    await stage.leave()
    const renamed = '<0102@provider.example>'
    stage.server.put(
      'sent',
      copyOf().replace(`Message-ID: <${first.id}@nexa.example>`, `Message-ID: ${renamed}`),
      READ_AT,
    )
    await stage.read()
    expect((await stage.reply(first.id)).providerMessageId).toBe(renamed)
    const answer = [`From: ${OUR_LEAD}`, 'To: sam@nexa.example', 'Subject: x', `In-Reply-To: ${renamed}`]
    stage.server.put('inbox', message([...answer, 'Message-ID: <fifth@nordwind.example>'], 'Yes.'), READ_AT)
    await stage.read()
    const stored = await engine.db.receivedMessage.findFirstOrThrow({
      where: { messageId: '<fifth@nordwind.example>' },
    })
    expect(stored.matchedBy).toBe('in_reply_to')
    // The next reply names both ids of the one before.
    const second = await stage.write({ messageId: stored.id })
    const { inReplyTo, references } = await stage.reply(second.id)
    expect(inReplyTo).toBe('<fifth@nordwind.example>')
    expect(references).toContain(`<${first.id}@nexa.example>`)
    expect(references).toContain(renamed)
  })
})
