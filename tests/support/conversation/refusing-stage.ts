import { afterAll, beforeAll, beforeEach } from 'vitest'
import { openImapMailbox } from '@/mail/imap/open-imap-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { startScriptedImap } from '../sign-in/scripted-imap'
import { laterBy } from './copying-mailbox'
import { allWithContactedLead } from './reading-stage'

export const SERVERBUG = 'NO [SERVERBUG] a message is damaged'

/** Before each test a lead that was contacted, and a mailbox whose server refuses to give some of its messages. */
export function allAtRefusingServer() {
  const stage = allWithContactedLead()
  let server: Awaited<ReturnType<typeof startScriptedImap>>
  beforeAll(async () => {
    server = await startScriptedImap()
  })
  afterAll(() => server.close())
  beforeEach(() => {
    Object.assign(server.settings, { refusal: SERVERBUG, answer: () => null })
  })
  const open = () => {
    const account = { host: '127.0.0.1', port: server.port, security: 'none', user: 'sam', password: 'right' } as const
    return openImapMailbox({ ...account, allowPrivate: true })
  }
  return {
    get engine() {
      return stage.engine
    },
    get ids() {
      return stage.ids
    },
    get settings() {
      return server.settings
    },
    state: stage.state,
    /** Reads the mailbox `ms` of real time later; the server refuses to give what is null. `chance` in [0, 1): with which of those it begins. */
    readLater: async (inbox: (string | null)[], ms = 0, chance = 0) => {
      server.settings.inbox = inbox.map((one) => one ?? 'damaged')
      server.settings.refused = inbox.flatMap((one, n) => (one === null ? [n + 1] : []))
      await stage.engine.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
      const deps = { ...laterBy(ms, stage.engine), random: () => chance }
      return readMailbox(deps, { mailboxId: stage.ids.mailboxId, open })
    },
    /** Number, kind and reason of each stored message, in the order of the folder. */
    stored: async () => {
      const found = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
      return found.map(({ uid, kind, details }) => [Number(uid), kind, Object(details).reason])
    },
    reader: () => stage.engine.db.mailboxReader.findFirstOrThrow(),
    inbox: () =>
      stage.engine.db.mailboxFolder.findUniqueOrThrow({
        where: { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'INBOX' } },
      }),
  }
}
