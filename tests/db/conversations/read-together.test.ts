import { afterEach, describe, expect, it } from 'vitest'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { createRandom } from '../../chaos/support/random'
import { answerLike } from '../../support/conversation/answered-emails'
import { answerOf, changesIn, contactLeads, READ_AT } from '../../support/conversation/contacted-leads'
import { createMailboxInMemory } from '../../support/conversation/mailbox-in-memory'
import { SAMPLE_MESSAGES } from '../../support/conversation/received'
import { createEngine, type Engine } from '../../support/engine'

const engines: Engine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
})

/** Leads that were written to, the mailbox that their answers come to, and a way to read it. */
async function openPlace(leads: number) {
  const engine = await createEngine()
  engines.push(engine)
  engine.clock.set(READ_AT)
  const { mailboxId } = await contactLeads(engine.deps, { leads, port: 993 })
  const server = createMailboxInMemory()
  const read = async () => {
    await engine.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
    return readMailbox(engine.deps, { mailboxId, open: server.open })
  }
  return { ...engine, mailboxId, server, read }
}

/** Notes from now on which transactions write messages, or what they do. */
async function noteTransactions({ pool }: Pick<Engine, 'pool'>): Promise<void> {
  await pool.query('CREATE TABLE transactions (id xid8 PRIMARY KEY)')
  await pool.query(`CREATE FUNCTION note_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO transactions VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING; RETURN NULL; END $$`)
  for (const table of ['received_messages', 'leads', 'scheduled_emails'])
    await pool.query(
      `CREATE TRIGGER note_transaction AFTER INSERT OR UPDATE ON ${table} EXECUTE FUNCTION note_transaction()`,
    )
}

const transactionsOf = async ({ pool }: Pick<Engine, 'pool'>): Promise<number> =>
  (await pool.query('SELECT FROM transactions')).rowCount ?? 0

const LEADS = 24
const MESSAGES = 60

/** Some work at the same company as another, some have another address since, and of some emails nobody knows whether they left. */
async function mixUp({ pool }: Engine | Awaited<ReturnType<typeof openPlace>>, stopCompany: boolean): Promise<void> {
  await pool.query(`UPDATE campaigns SET stop_same_company = $1`, [stopCompany])
  await pool.query(
    `UPDATE leads SET email = regexp_replace(email, '^ute.winter@company2(.)', 'max.herbst@company\\1') WHERE email LIKE '%company2_.%'`,
  )
  await pool.query(`UPDATE emails e SET to_email = l.email FROM leads l WHERE l.id = e.lead_id`)
  await pool.query(`UPDATE leads SET email = 'moved.' || email WHERE email ~ 'company[4-9]\\.'`)
  await pool.query(`UPDATE scheduled_emails SET status = 'held', held_at = now(), sent_at = NULL, email_id = NULL
    WHERE workflow_step_number = 1 AND lead_id IN (SELECT id FROM leads WHERE email LIKE '%company1_.%' AND id::text ~ '[02468ace]$')`)
}

type Contacted = { messageId: string; to: string; now: string; subject: string }

/** Answers of few leads, some from the address of another or of a stranger, some twice, with copies of what was sent among them. */
function messagesFor(emails: readonly Contacted[], seed: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: MESSAGES }, (_, n) => {
    const email = { ...random.pick(emails), from: 'sam@nexa.example', raw: '' }
    const others = [random.pick(emails).to, random.pick(emails).now, 'eva.stern@elsewhere.example']
    const from = random.pick([email.to, email.to, email.to, ...others])
    if (random.int(1, 12) > 1) return answerLike(random.pick(SAMPLE_MESSAGES).name, email, { from })
    const head = {
      From: 'sam@nexa.example',
      To: email.to,
      Subject: email.subject,
      Date: 'Mon, 14 Dec 2026 08:00:00 +0000',
    }
    const lines = Object.entries({ ...head, 'Message-ID': `<copy${n}@provider.example>` })
    return `${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\nHello\r\n`
  })
}

describe('messages that share a transaction', () => {
  it.each([
    { seed: 1, stopCompany: false },
    { seed: 2, stopCompany: true },
  ])(
    'change what they change one after the other, whatever they have to do with each other (%o)',
    async ({ seed, stopCompany }) => {
      const together = await openPlace(LEADS)
      const alone = await openPlace(LEADS)
      for (const place of [together, alone]) await mixUp(place, stopCompany)
      const now = new Map((await together.db.lead.findMany()).map(({ id, email }) => [id, email]))
      const sent = await together.db.email.findMany({ orderBy: { id: 'asc' } })
      const emails = sent.map(({ messageId, toEmail, subject, leadId }) => ({
        ...{ messageId, subject, to: toEmail },
        now: now.get(leadId) ?? toEmail,
      }))
      const messages = messagesFor(emails, seed)
      for (const raw of messages) {
        together.server.put('inbox', raw, READ_AT)
        alone.server.put('inbox', raw, READ_AT)
        await alone.read()
      }
      await together.read()
      expect(await changesIn(together.deps)).toEqual(await changesIn(alone.deps))
      expect(await alone.db.receivedMessage.count()).toBeGreaterThan(MESSAGES / 2)
    },
  )

  it('are twenty-five at most where each is about another lead', async () => {
    const place = await openPlace(60)
    const { server, read, db } = place
    await noteTransactions(place)
    for (let n = 0; n < 60; n++) server.put('inbox', answerOf(n, 'human-interested.gmail.en'), READ_AT)
    expect(await read()).toEqual({ messages: 60 })
    expect(await db.lead.count({ where: { status: 'replied' } })).toBe(60)
    expect(await transactionsOf(place)).toBe(3)
  })

  it('are those that have nothing to do with each other: who answers twice waits for the next, and nobody else', async () => {
    const place = await openPlace(3)
    const { server, read, db } = place
    await noteTransactions(place)
    const answer = (n: number, name: string) => server.put('inbox', answerOf(n, name), READ_AT)
    answer(0, 'human-interested.gmail.en')
    answer(1, 'away-2027-01-04.exchange.en')
    answer(0, 'stop-sure.please-remove-me.en')
    answer(2, 'human-interested.gmail.en')
    expect(await read()).toEqual({ messages: 4 })
    expect(await transactionsOf(place)).toBe(2)
    expect((await db.lead.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status)).toEqual([
      'unsubscribed',
      'contacted',
      'replied',
    ])
  })

  it('are stored alone where the database refuses one of them: that one is kept with the reason, the others act', async () => {
    const { server, read, pool, db } = await openPlace(3)
    await pool.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.lead_id = '0199c2a4-0002-7000-9000-000000000001' THEN RAISE SQLSTATE '22021'; END IF; RETURN NEW; END $$`)
    await pool.query('CREATE TRIGGER refuse BEFORE INSERT ON received_messages FOR EACH ROW EXECUTE FUNCTION refuse()')
    for (let n = 0; n < 3; n++) server.put('inbox', answerOf(n, 'human-interested.gmail.en'), READ_AT)
    expect(await read()).toEqual({ messages: 2 })
    const found = await db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
    expect(found.map(({ kind }) => kind)).toEqual(['human', 'unreadable', 'human'])
    const leads = await db.lead.findMany({ orderBy: { id: 'asc' } })
    expect(leads.map(({ status }) => status)).toEqual(['replied', 'contacted', 'replied'])
    expect(await read()).toEqual({ messages: 0 })
  })

  it('are read whatever year one of them names', async () => {
    const { server, read, db } = await openPlace(2)
    for (const n of [0, 1]) {
      const raw = answerOf(n, 'human-interested.gmail.en')
      server.put('inbox', n === 0 ? raw.replace(/^Date: .*$/m, 'Date: Mon, 14 Dec 20261 10:00:00 +0000') : raw, READ_AT)
    }
    await read()
    const found = await db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
    expect(found.map(({ kind, sentAt }) => [kind, sentAt?.getUTCFullYear()])).toEqual([
      ['human', undefined],
      ['human', 2026],
    ])
  })
})
