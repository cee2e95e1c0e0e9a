import { describe, expect, it } from 'vitest'
import { OUR_SUBJECT, SENT_AT } from '../../support/conversation/contacted-lead'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'

const stage = allWithContactedLead()
const raw = (headers: Record<string, string>, body = 'Sounds good, call me.') =>
  `${Object.entries({ 'MIME-Version': '1.0', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}\r\n`
const REPLY = 'human-interested.gmail.en'

describe('messages that are fetched and understood together', () => {
  it('are matched by what those before them have taught: an id that stands in the copy in front of the answer', async () => {
    const copy = { From: 'sam@nexa.example', To: OUR_LEAD, Subject: OUR_SUBJECT, Date: new Date(SENT_AT).toUTCString() }
    const id = '<0102018c@eu-west-1.amazonses.com>'
    stage.server.put('inbox', raw({ ...copy, 'Message-ID': id }), READ_AT)
    const answer = { From: 'boss@elsewhere.example', To: 'sam@nexa.example', Subject: 'Yes' }
    stage.server.put('inbox', raw({ ...answer, 'Message-ID': '<yes@elsewhere.example>', 'In-Reply-To': id }), READ_AT)
    await stage.read()
    const found = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
    expect(found.map(({ kind, matchedBy, leadId }) => [kind, matchedBy, leadId])).toEqual([
      ['own', null, stage.ids.leadId],
      ['human', 'in_reply_to', stage.ids.leadId],
    ])
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
  })

  it('are read all the same where the database takes no text of one of them', async () => {
    const poison = { From: OUR_LEAD, To: 'sam@nexa.example', Subject: 'Hello', 'In-Reply-To': '<a\0b@nexa.example>' }
    stage.server.put('inbox', raw({ ...poison, 'Message-ID': '<poison@nordwind.example>' }), READ_AT)
    stage.server.put('inbox', sample(REPLY), READ_AT)
    await stage.read()
    const kinds = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' }, select: { kind: true } })
    expect(kinds).toEqual([{ kind: 'unreadable' }, { kind: 'human' }])
  })

  it('that lie there twice among them are stored once, and the place stands behind the last of them', async () => {
    for (let n = 0; n < 120; n++) stage.server.put('inbox', sample(REPLY), READ_AT)
    expect(await stage.read()).toEqual({ messages: 1 })
    const last = stage.server.folders.inbox.messages.at(-1)?.uid ?? 0
    const place = { mailboxId_path: { mailboxId: stage.ids.mailboxId, path: 'INBOX' } }
    const { lastUid } = await stage.engine.db.mailboxFolder.findUniqueOrThrow({ where: place })
    expect(Number(lastUid)).toBe(last)
    expect(await stage.state()).toMatchObject({ lead: 'replied', messages: 1 })
  })

  it('that are there already open no transaction each when their folder is numbered anew', async () => {
    const { pool } = stage.engine
    for (let n = 0; n < 60; n++)
      stage.server.put(
        'inbox',
        raw({ From: OUR_LEAD, Subject: `No ${n}`, 'Message-ID': `<n${n}@nordwind.example>` }),
        READ_AT,
      )
    expect(await stage.read()).toEqual({ messages: 60 })
    await pool.query('CREATE TABLE renewed ()')
    await pool.query(`CREATE FUNCTION count_renewed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO renewed DEFAULT VALUES; RETURN NULL; END $$`)
    await pool.query(`CREATE TRIGGER renewed AFTER UPDATE OF lease_until ON mailbox_readers
      FOR EACH ROW WHEN (old.lease = new.lease AND new.lease_until IS NOT NULL) EXECUTE FUNCTION count_renewed()`)
    stage.server.renumber('inbox')
    expect(await stage.read()).toEqual({ messages: 0 })
    const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int FROM renewed')
    // One a batch of fifty: only the place moves.
    expect(rows[0]?.count).toBe(2)
    await pool.query('DROP FUNCTION count_renewed CASCADE; DROP TABLE renewed')
  })
})
