import { afterEach, beforeEach, expect, test } from 'vitest'
import { moveRepairIf, selectRepair } from '@/db/queries/maintenance/repairs'
import { openSql } from '@/db/sql'
import { completeProviderIds } from '@/use-cases/conversations/complete-provider-ids'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { startScriptedSmtp } from '../../support/servers/scripted-smtp'
import { openCountingPool } from '../../support/statement-work'

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

const withoutIds = () => engine.db.email.updateMany({ data: { providerMessageId: null } })
const learnt = () => engine.db.email.count({ where: { providerMessageId: THEIRS } })

/** As a process that has just started: what it did, by the texts of its statements. */
async function asNewProcess(): Promise<string[]> {
  const counting = openCountingPool(engine.url)
  try {
    await completeProviderIds({ ...engine.deps, sql: openSql(counting.pool) })
    return counting.done.map(({ text }) => text)
  } finally {
    await counting.pool.end()
  }
}

test('emails that were recorded before learn it from the stored answer', async () => {
  await startOutreach(engine, { leads: 3, days: [0] })
  await engine.work()
  await withoutIds()
  await engine.pool.query('DELETE FROM repairs')
  await asNewProcess()
  expect(await learnt()).toBe(3)
})

test('once all were looked at nobody looks at them again, whoever starts', async () => {
  await startOutreach(engine, { leads: 3, days: [0] })
  await engine.work()
  await engine.pool.query('DELETE FROM repairs')
  await asNewProcess()
  await withoutIds()
  expect((await asNewProcess()).filter((text) => text.includes('emails'))).toEqual([])
  expect(await learnt()).toBe(0)
})

test('a process that began with others neither moves back nor ends what they have done since', async () => {
  const [from, first, second] = ['0', '1', '2'].map((digit) => `${digit.repeat(8)}-0000-0000-0000-000000000000`) as [
    string,
    string,
    string,
  ]
  const { sql } = engine.deps
  const move = (at: string, place: string, endedAt: Date | null = null) =>
    moveRepairIf(sql, { name: 'one', from: at, place, endedAt })
  expect(await move(from, first)).toBe(true)
  expect(await move(from, first)).toBe(false)
  expect(await move(first, second)).toBe(true)
  expect(await move(first, first, new Date())).toBe(false)
  expect(await selectRepair(sql, 'one')).toEqual({ place: second, endedAt: null })
  expect(await move(second, second, new Date())).toBe(true)
  expect(await move(second, first)).toBe(false)
})
