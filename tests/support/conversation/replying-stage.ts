import { beforeEach } from 'vitest'
import { sendReplies } from '@/use-cases/delivery/send-mailbox'
import { type SendReply, sendReply } from '@/use-cases/replies/send-reply'
import { BY } from '../engine'
import { allWithContactedLead } from './reading-stage'
import { OUR_LEAD } from './received'

// In the order of writing, since the clock of a test may stand still.
let ids = 0
const nextId = () => `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`

/** Before each test a lead that got the first of three emails and has answered it; its answer can be answered. */
export function allWithAnsweredEmail(answer: string) {
  const stage = allWithContactedLead()
  let messageId = ''
  beforeEach(async () => {
    const { engine } = stage
    engine.sink.received.length = 0
    engine.sink.behave = () => undefined
    await engine.db.mailboxDay.deleteMany()
    await engine.db.mailbox.updateMany({
      data: { dailyLimit: null, health: 'ready', signature: null, nextSendAt: null },
    })
    await stage.readSample(answer)
    messageId = (await stage.stored()).id
  })
  return {
    get engine() {
      return stage.engine
    },
    get ids() {
      return { ...stage.ids, messageId }
    },
    get server() {
      return stage.server
    },
    read: stage.read,
    state: stage.state,
    write: (over: Partial<SendReply> = {}) =>
      sendReply(stage.engine.deps, {
        ...{ id: nextId(), messageId, kind: 'answer', to: [OUR_LEAD], text: 'Tuesday at ten suits us.', by: BY },
        ...over,
      }),
    /** The time in which it can be taken back is over, and the job does its work. */
    leave: async () => {
      stage.engine.clock.advance(11_000)
      return sendReplies(stage.engine.deps, { mailboxId: stage.ids.mailboxId })
    },
    reply: (id: string) => stage.engine.db.reply.findUniqueOrThrow({ where: { id } }),
    reservedToday: async () => (await stage.engine.db.mailboxDay.findFirst())?.reserved ?? 0,
  }
}
