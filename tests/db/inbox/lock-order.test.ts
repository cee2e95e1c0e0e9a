import { afterEach, beforeEach, expect, it } from 'vitest'
import { resetInterest } from '@/use-cases/inbox/reset-interest'
import { setInterest } from '@/use-cases/inbox/set-interest'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { BY } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

const stage = allWithContactedLead()
const LOW = '00000000-0000-7000-8000-00000000000'
const OTHER = `${LOW}1`
const OTHER_EMAIL = `${LOW}2`

const answerOf = (n: number, from: string, about: string) =>
  `From: ${from}\r\nTo: sam@nexa.example\r\nSubject: Re: Pallets\r\nMessage-ID: <a${n}@answers.example>\r\nIn-Reply-To: ${about}\r\n\r\nThat sounds good, let us talk on Thursday.\r\n`

/** A second lead, which has a lower id than the first one though it came later, and whose conversation came later as well. */
beforeEach(async () => {
  const { db } = stage.engine
  const { id: _, emailId: _e, ...like } = await db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 1 } })
  const lead = { id: OTHER, email: 'max@suedwind.example', status: 'contacted' } as const
  await db.lead.create({ data: lead })
  const email = { ...like, id: OTHER_EMAIL, leadId: OTHER, messageId: '<other@nexa.example>' }
  await db.scheduledEmail.create({ data: email })
})

// Whoever waits in a circle is the one who came last.
async function holder() {
  const client = await stage.engine.pool.connect()
  clients.push(client)
  await client.query("BEGIN; SET LOCAL deadlock_timeout = '20ms'")
  return {
    lock: (table: 'leads' | 'conversations', id: string) =>
      client.query(`SELECT 1 FROM ${table} WHERE id = $1 FOR NO KEY UPDATE`, [id]),
    commit: () => client.query('COMMIT'),
  }
}
const clients: { query: (text: string) => Promise<unknown>; release: () => void }[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) {
    await client.query('ROLLBACK')
    client.release()
  }
})

const second = (n: number) => answerOf(n, 'max@suedwind.example', '<other@nexa.example>')

it('reads answers of several leads beside whoever locks these leads in the order of their ids', async () => {
  stage.server.put('inbox', sample('human-interested.gmail.en'), READ_AT)
  stage.server.put('inbox', second(1), READ_AT)
  const other = await holder()
  await other.lock('leads', OTHER)
  const reading = stage.read()
  await untilBlocked(stage.engine.deps.sql, reading)
  await other.lock('leads', stage.ids.leadId)
  await other.commit()
  await reading
  const { db } = stage.engine
  expect((await db.lead.findMany()).map(({ status }) => status)).toEqual(['replied', 'replied'])
})

it('takes a judgement back beside whoever locks the lead, and then the conversation', async () => {
  const { db, deps } = stage.engine
  await stage.readSample('human-interested.gmail.en')
  const { id } = await db.conversation.findFirstOrThrow()
  const { was, version } = await setInterest(deps, { id, interest: 'not_interested', by: BY })
  const other = await holder()
  await other.lock('leads', stage.ids.leadId)
  const back = resetInterest(deps, { id, was, ifVersion: version, by: BY })
  await untilBlocked(deps.sql, back)
  await other.lock('conversations', id)
  await other.commit()
  await back
  expect(await stage.state()).toMatchObject({ lead: 'replied' })
})

it('reads messages of several conversations beside whoever locks these in the order of their ids', async () => {
  const { db } = stage.engine
  await stage.readSample('human-interested.gmail.en')
  stage.server.put('inbox', second(1), READ_AT)
  await stage.read()
  const [first, last] = await db.conversation.findMany({ orderBy: { id: 'asc' } })
  expect([first?.leadId, last?.leadId]).toEqual([stage.ids.leadId, OTHER])
  stage.server.put('inbox', second(2), READ_AT)
  stage.server.put('inbox', sample('human-none.what-is-it.en'), READ_AT)
  const other = await holder()
  await other.lock('conversations', first?.id ?? '')
  const reading = stage.read()
  await untilBlocked(stage.engine.deps.sql, reading)
  await other.lock('conversations', last?.id ?? '')
  await other.commit()
  await reading
  expect(await db.receivedMessage.count({ where: { conversationId: { not: null } } })).toBe(4)
})
