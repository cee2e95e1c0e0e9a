import { describe, expect, it } from 'vitest'
import { storeCopies } from '@/use-cases/conversations/store-copies'
import { copyFromMailbox, laterBy } from '../../support/conversation/copying-mailbox'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'

const stage = allWithAnsweredEmail('human-interested.gmail.en')

describe('the copy of a reply', () => {
  it('is put into Sent as the bytes that were sent, once, where the provider files none', async () => {
    const { engine, ids } = stage
    await engine.db.mailboxReader.deleteMany()
    await copyFromMailbox(engine, { imapHost: 'imap.nexa.example', imapPort: 993 })
    const { id } = await stage.write()
    await stage.leave()
    expect(await engine.db.sentCopy.findMany({ select: { emailId: true, replyId: true } })).toEqual([
      { emailId: null, replyId: id },
    ])
    const [asked, appended]: [string[][], string[]] = [[], []]
    const open = async () => ({
      has: async (messageIds: readonly string[]) => {
        asked.push([...messageIds])
        return false
      },
      append: async (raw: Buffer) => void appended.push(raw.toString()),
      close: async () => undefined,
    })
    for (const minutes of [2, 4])
      await storeCopies(laterBy(minutes * 60_000, engine), { mailboxId: ids.mailboxId, open })
    expect(asked).toEqual([[`<${id}@nexa.example>`]])
    expect(appended).toEqual([engine.sink.received[0]?.raw])
    expect(await engine.db.sentCopy.count()).toBe(0)
  })

  it('is none of one that is taken back, has failed or is held', async () => {
    const { engine } = stage
    await engine.db.mailboxReader.deleteMany()
    await copyFromMailbox(engine, { imapHost: 'imap.nexa.example', imapPort: 993 })
    engine.sink.behave = () => ({ at: 'data', drop: true, keep: true })
    await stage.write()
    await stage.leave()
    engine.sink.behave = () => ({ at: 'rcpt', code: 550, message: '5.7.1 Not you' })
    await stage.write({ to: ['kim@customer.example'] })
    await stage.leave()
    expect(await engine.db.sentCopy.count()).toBe(0)
  })
})
