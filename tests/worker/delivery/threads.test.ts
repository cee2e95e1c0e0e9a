import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import type { ReceivedMail } from '../../support/servers/smtp-sink'

let engine: Engine
let inbox: ReturnType<typeof createMailboxInMemory>
let mailboxId: string
beforeEach(async () => {
  engine = await createEngine()
  inbox = createMailboxInMemory()
  mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
  await engine.db.mailboxReader.create({ data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993 } })
})
afterEach(() => engine.close())

async function read() {
  await engine.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
  return readMailbox(engine.deps, { mailboxId, open: inbox.open })
}

/** The day passes, what came is read, and what is due leaves. */
async function nextDay() {
  engine.clock.advanceDays(1)
  await read()
  engine.clock.advance(60_000)
  await engine.work()
}

/** Headers of an email as its recipient got it. */
async function headersOf({ raw }: ReceivedMail) {
  const { headers } = await PostalMime.parse(raw)
  const value = (name: string) => headers.find(({ key }) => key === name)?.value
  const references = value('references')?.split(/\s+/) ?? []
  return { subject: value('subject'), inReplyTo: value('in-reply-to'), references, threadIndex: value('thread-index') }
}

/** Answers as mail programs do: In-Reply-To names the email, References its chain and it. From an address that nobody knows. */
async function answer(email: ReceivedMail, n: number, { more = '' } = {}) {
  const { references, subject } = await headersOf(email)
  const chain = [...new Set([...references, email.messageId])].join('\r\n ')
  const head = `From: person${n}@gmail.com\r\nTo: ${email.from}\r\nSubject: Re: ${subject?.replace(/^Re: /, '')}\r\nMessage-ID: <answer${n}@gmail.com>\r\n`
  const threading = `In-Reply-To: ${email.messageId}\r\nReferences: ${chain}\r\n${more}`
  inbox.put('inbox', `${head}${threading}\r\nThat sounds good, tell me more.\r\n`, engine.clock.now())
}

describe('a provider that puts a Message-ID of its own in place of ours', () => {
  const outlook = (id: string) => `<${id.slice(1, 37)}@DBBPR03MB5414.eurprd03.prod.outlook.com>`
  const said = (id: string) => `2.0.0 OK ${outlook(id)} [Hostname=DBBPR03MB5414.eurprd03.prod.outlook.com]`
  it.each([
    ['and names it', (id: string) => ({ messageId: outlook(id), answer: said(id) })],
    ['and does not say so', (id: string) => ({ messageId: `<x${id.slice(1, 37)}@mta.provider.example>` })],
  ])('%s: 100 of 100 replies still match, to first emails and to follow-ups', async (_, rename) => {
    engine.sink.rename = rename
    await startOutreach(engine, { leads: 100, days: [0, 2], replyInThread: true })
    await engine.work()
    const first = engine.sink.received.splice(0)
    expect(first).toHaveLength(100)
    for (const [n, email] of first.slice(0, 50).entries()) await answer(email, n)
    await nextDay()
    await nextDay()
    const followUps = engine.sink.received.splice(0)
    expect(followUps.map(({ to }) => to).sort()).toEqual(
      first
        .slice(50)
        .map(({ to }) => to)
        .sort(),
    )
    for (const [n, email] of followUps.entries()) await answer(email, 50 + n)
    await read()
    const replied = await engine.db.lead.findMany({ where: { status: 'replied' } })
    expect(replied).toHaveLength(100)
    const answers = await engine.db.receivedMessage.findMany({
      include: { scheduledEmail: { include: { lead: true } } },
    })
    const expected = new Map([...first.slice(0, 50), ...followUps].map(({ to }, n) => [`person${n}@gmail.com`, to]))
    expect(new Map(answers.map(({ fromEmail, scheduledEmail }) => [fromEmail, scheduledEmail?.lead.email]))).toEqual(
      expected,
    )
    expect(answers.map(({ scheduledEmail }) => scheduledEmail?.workflowStepNumber).sort()).toEqual([
      ...Array<number>(50).fill(1),
      ...Array<number>(50).fill(2),
    ])
  })

  it('and shows it in Sent: an answer that names nothing else matches then', async () => {
    engine.sink.rename = () => ({ messageId: '<theirs@mta.provider.example>' })
    const { leads } = await startOutreach(engine, { leads: 1, days: [0, 2] })
    await engine.work()
    const [sent] = engine.sink.received
    inbox.put('sent', sent?.raw ?? '', engine.clock.now())
    await read()
    expect(await engine.db.email.findFirstOrThrow()).toMatchObject({
      providerMessageId: '<theirs@mta.provider.example>',
    })
    const head =
      'From: phone@gmail.com\r\nSubject: Another subject\r\nMessage-ID: <p@gmail.com>\r\nIn-Reply-To: <theirs@mta.provider.example>\r\n'
    inbox.put('inbox', `${head}\r\nThat sounds good, tell me more.\r\n`, engine.clock.now())
    await read()
    expect(await engine.db.lead.findUniqueOrThrow({ where: { id: leads[0]?.id ?? '' } })).toMatchObject({
      status: 'replied',
    })
  })
})

describe('a follow-up in the same thread', () => {
  it('answers the last email and names the whole chain, in which an email stands itself', async () => {
    engine.sink.rename = (id) => ({
      messageId: `<theirs-of-${id.slice(1, 37)}@mta.provider.example>`,
      answer: `2.6.0 <theirs-of-${id.slice(1, 37)}@mta.provider.example> [InternalId=1] Queued mail for delivery`,
    })
    const { leads } = await startOutreach(engine, { leads: 1, replyInThread: true })
    await engine.work()
    await nextDay()
    await nextDay()
    const emails = await engine.db.email.findMany({ where: { leadId: leads[0]?.id ?? '' }, orderBy: { id: 'asc' } })
    const ours = emails.map(({ messageId }) => messageId)
    const theirs = emails.map(({ providerMessageId }) => providerMessageId)
    const sent = await Promise.all(engine.sink.received.map(headersOf))
    expect(sent).toEqual([
      { subject: 'Step 1 for Company 1', inReplyTo: undefined, references: [ours[0]], threadIndex: undefined },
      {
        subject: 'Re: Step 1 for Company 1',
        inReplyTo: theirs[0],
        references: [ours[0], theirs[0], ours[1]],
        threadIndex: undefined,
      },
      {
        subject: 'Re: Step 1 for Company 1',
        inReplyTo: theirs[1],
        references: [ours[0], theirs[0], ours[1], theirs[1], ours[2]],
        threadIndex: undefined,
      },
    ])
  })

  it('answers what the lead has written last, and goes on with its Thread-Index', async () => {
    const { id } = await startOutreach(engine, { leads: 1, replyInThread: true })
    await engine.db.campaign.update({ where: { id }, data: { continueAfterReply: true } })
    await engine.work()
    const [first] = engine.sink.received
    const begun = Buffer.concat([Buffer.from([1, 0xdc, 0x6c, 0xd8, 0x86, 0xa0]), Buffer.alloc(16, 7)]).toString(
      'base64',
    )
    if (first) await answer(first, 1, { more: `Thread-Index: ${begun}\r\n` })
    await nextDay()
    const sent = engine.sink.received[1] ?? first
    expect(sent && (await headersOf(sent))).toEqual({
      subject: 'Re: Step 1 for Company 1',
      inReplyTo: '<answer1@gmail.com>',
      references: [first?.messageId, '<answer1@gmail.com>', sent?.messageId],
      threadIndex: expect.stringMatching(new RegExp(`^${begun.slice(0, 29)}`)),
    })
    await nextDay()
    const last = engine.sink.received[2] ?? first
    expect(last && (await headersOf(last))).toMatchObject({
      inReplyTo: sent?.messageId,
      references: [first?.messageId, '<answer1@gmail.com>', sent?.messageId, last?.messageId],
    })
  })

  it('is not kept back by an answer whose Message-ID no header can carry', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 1], replyInThread: true })
    await engine.db.campaign.update({ where: { id }, data: { continueAfterReply: true } })
    await engine.work()
    const [first] = engine.sink.received
    const head = `From: person@gmail.com\r\nSubject: Re: Step 1 for Company 1\r\nMessage-ID: <bad\u0001id@gmail.com>\r\nIn-Reply-To: ${first?.messageId}\r\n`
    inbox.put('inbox', `${head}\r\nThat sounds good, tell me more.\r\n`, engine.clock.now())
    await nextDay()
    const sent = engine.sink.received[1]
    expect(sent && (await headersOf(sent)).references).toEqual([first?.messageId, sent?.messageId])
  })

  it('of a provider that keeps our id names itself nowhere', async () => {
    await engine.db.mailboxReader.updateMany({ data: { rewritesMessageId: false } })
    await startOutreach(engine, { leads: 1, days: [0, 1], replyInThread: true })
    await engine.work()
    await nextDay()
    const [first, second] = engine.sink.received
    expect(first && (await headersOf(first)).references).toEqual([])
    expect(second && (await headersOf(second)).references).toEqual([first?.messageId])
  })

  it('leaves out a step that began a conversation of its own', async () => {
    const { workflow } = await startOutreach(engine, { leads: 1, replyInThread: true })
    await engine.db.workflowStep.updateMany({
      where: { workflowId: workflow.id, stepNumber: 2 },
      data: { replyInThread: false },
    })
    await engine.work()
    await nextDay()
    await nextDay()
    const [first, second, third] = engine.sink.received
    expect(second && (await headersOf(second))).toMatchObject({ inReplyTo: undefined, subject: 'Step 2 for Company 1' })
    expect(third && (await headersOf(third))).toMatchObject({
      inReplyTo: first?.messageId,
      references: [first?.messageId, third?.messageId],
      subject: 'Re: Step 1 for Company 1',
    })
  })
})
