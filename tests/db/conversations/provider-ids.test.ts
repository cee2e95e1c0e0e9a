import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '@/db/client'
import { completeProviderIds } from '@/use-cases/conversations/complete-provider-ids'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { startScriptedSmtp } from '../../support/servers/scripted-smtp'

const THEIRS = '<DBBPR03MB5414097781BC157026369C79A4069@DBBPR03MB5414.eurprd03.prod.outlook.com>'
const ANSWER = `250 2.0.0 OK ${THEIRS} [Hostname=DBBPR03MB5414.eurprd03.prod.outlook.com]`

let engine: Engine
let server: Awaited<ReturnType<typeof startScriptedSmtp>>
beforeEach(async () => {
  engine = await createEngine()
  server = await startScriptedSmtp((command) => (command === '.' ? ANSWER : undefined))
  engine.deps.config.smtpUrl = `smtp://127.0.0.1:${server.port}`
})
afterEach(async () => {
  await server.close()
  await engine.close()
})

test('the id that a server names in its answer is recorded with the email, and an answer to it finds the lead', async () => {
  const { db, deps, clock } = engine
  const { leads } = await startOutreach(engine, { leads: 1, days: [0, 3] })
  await engine.work()
  expect(await db.email.findFirstOrThrow()).toMatchObject({ providerMessageId: THEIRS, response: ANSWER })
  const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
  await db.mailboxReader.create({ data: { mailboxId, imapHost: 'imap.nexa.example', imapPort: 993 } })
  const inbox = createMailboxInMemory()
  const head = `From: elsewhere@other.example\r\nSubject: About that\r\nMessage-ID: <1@other.example>\r\nIn-Reply-To: ${THEIRS}\r\n`
  inbox.put('inbox', `${head}\r\nThat sounds good, tell me more.\r\n`, clock.now())
  expect(await readMailbox(deps, { mailboxId, open: inbox.open })).toEqual({ messages: 1 })
  expect(await db.lead.findFirstOrThrow({ where: { id: leads[0]?.id ?? '' } })).toMatchObject({ status: 'replied' })
})

test('emails that were recorded before learn it from the stored answer, each once', async () => {
  const { db, deps } = engine
  await startOutreach(engine, { leads: 3, days: [0] })
  await engine.work()
  await db.email.updateMany({ data: { providerMessageId: null } })
  // As a process that has just started.
  const { sql, close } = createDatabase(engine.url)
  try {
    await completeProviderIds({ ...deps, sql })
    await completeProviderIds({ ...deps, sql })
  } finally {
    await close()
  }
  expect(await db.email.count({ where: { providerMessageId: THEIRS } })).toBe(3)
})
