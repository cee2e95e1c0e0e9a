import { afterEach, beforeEach } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { completeSignIn } from '@/use-cases/mailboxes/complete-sign-in'
import { listMailboxes } from '@/use-cases/mailboxes/list-mailboxes'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { saveOauthClient } from '@/use-cases/mailboxes/save-oauth-client'
import { startSignIn } from '@/use-cases/mailboxes/start-sign-in'
import { createEngine, type Engine } from '../engine'
import { OauthServer } from './oauth-server'
import { startTokenSmtp } from './token-smtp'

export const ADDRESS = 'sam@nexa.example'
export const SESSION = 'session-1'

/** Before each test a provider whose client is entered, a server that takes its tokens, and a mailbox there that has not signed in. */
export function eachWithSigningMailbox() {
  let engine: Engine
  let provider: OauthServer
  let smtp: Awaited<ReturnType<typeof startTokenSmtp>>
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    provider = await OauthServer.start()
    smtp = await startTokenSmtp(provider)
    const mailbox = { name: 'Sam', fromName: 'Sam', fromEmail: ADDRESS, maxConnections: 1 }
    const server = { smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpSecurity: 'none' }
    const reader = { imapHost: 'imap.nexa.example' }
    ;({ id: mailboxId } = await createMailbox(engine.deps, mailboxInput.parse({ ...mailbox, ...server, reader })))
    await saveOauthClient(engine.deps, client())
  })
  afterEach(async () => {
    await engine.close()
    await provider.close()
    await smtp.close()
  })

  const client = () => ({
    provider: 'microsoft' as const,
    clientId: 'client',
    secret: 'secret-of-the-client',
    authority: provider.address,
  })
  const ask = () => startSignIn(engine.deps, { mailboxId, provider: 'microsoft', sessionId: SESSION })
  /** The address that the provider sends the person back to. */
  const visit = async (url: string) => new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '')
  const change = (data: { expiresAt?: Date; updatedAt?: Date }) =>
    engine.db.mailboxSignIn.update({ where: { mailboxId }, data })
  return {
    get engine() {
      return engine
    },
    get provider() {
      return provider
    },
    get smtp() {
      return smtp
    },
    get mailboxId() {
      return mailboxId
    },
    client,
    ask,
    visit,
    signIn: async () => completeSignIn(engine.deps, { url: await visit((await ask()).url), sessionId: SESSION }),
    stored: () => engine.db.mailboxSignIn.findUniqueOrThrow({ where: { mailboxId } }),
    mailbox: () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } }),
    reader: () => engine.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } }),
    view: async () => (await listMailboxes(engine.deps)).find(({ id }) => id === mailboxId),
    /** The token is about to end. */
    nearExpiry: () => change({ expiresAt: new Date(Date.now() + 60_000) }),
    /** The token was made a while ago. */
    anHourAgo: () => change({ updatedAt: new Date(Date.now() - 3_600_000) }),
  }
}
