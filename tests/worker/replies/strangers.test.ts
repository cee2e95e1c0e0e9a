import { beforeEach, describe, expect, it } from 'vitest'
import { READ_AT } from '../../support/conversation/reading-stage'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { bounceAt, rawMessage } from '../../support/conversation/reports'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

const STRANGER = 'li@stranger.example'
let asked = ''

// Somebody who is no lead has written to us.
beforeEach(async () => {
  const headers = [
    `From: ${STRANGER}`,
    'To: sam@nexa.example',
    'Subject: A question',
    'Message-ID: <q@stranger.example>',
  ]
  stage.server.put('inbox', rawMessage(headers, 'What does it cost?'), READ_AT)
  await stage.read()
  const found = await stage.engine.db.receivedMessage.findFirstOrThrow({ where: { fromEmail: STRANGER } })
  expect(found.leadId).toBeNull()
  asked = found.id
})

async function answerThem({ lost = false } = {}) {
  if (lost) stage.engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
  const { id } = await stage.write({ messageId: asked, to: [STRANGER] })
  await stage.leave()
  return id
}

const copy = () => stage.engine.sink.received[0]?.raw ?? ''
const kept = (where: object) => stage.engine.db.receivedMessage.findFirstOrThrow({ where })
const talk = () => stage.engine.db.conversation.findFirstOrThrow({ where: { correspondent: STRANGER } })

describe('a reply to somebody who is no lead', () => {
  it('is known again in Sent: it stands there once', async () => {
    await answerThem()
    stage.server.put('sent', copy(), READ_AT)
    await stage.read()
    expect(await kept({ kind: 'own' })).toMatchObject({ details: { copy: true }, leadId: null, conversationId: null })
  })

  it('held, is sent by its copy in Sent, and waits for us no more', async () => {
    const id = await answerThem({ lost: true })
    expect((await stage.reply(id)).status).toBe('held')
    expect((await talk()).isWaiting).toBe(false)
    expect((await talk()).askedAt).not.toBeNull()
    stage.server.put('sent', copy(), READ_AT)
    await stage.read()
    const sent = await stage.reply(id)
    expect(sent).toMatchObject({ status: 'sent', reason: 'It left: a copy of it lies in Sent.' })
    expect((await talk()).lastOutAt).toEqual(sent.sentAt)
  })

  it('held, is sent by an answer to it', async () => {
    const id = await answerThem({ lost: true })
    const headers = [
      ...[`From: ${STRANGER}`, 'To: sam@nexa.example', 'Subject: x', 'Message-ID: <thanks@stranger.example>'],
      `In-Reply-To: <${id}@nexa.example>`,
    ]
    stage.server.put('inbox', rawMessage(headers, 'Thank you.'), new Date(READ_AT.getTime() + 60_000))
    await stage.read()
    expect(await stage.reply(id)).toMatchObject({ status: 'sent', reason: 'It left: an answer to it came.' })
    expect(await kept({ messageId: '<thanks@stranger.example>' })).toMatchObject({ kind: 'human', leadId: null })
  })

  it('bounces: nobody writes there any more, and no lead is touched', async () => {
    const id = await answerThem()
    stage.server.put('inbox', bounceAt(`<${id}@nexa.example>`, [{ address: STRANGER }]), READ_AT)
    await stage.read()
    expect(await stage.state()).toMatchObject({ lead: 'replied', suppressed: [`${STRANGER} bounced`] })
  })
})
