import { describe, expect, it } from 'vitest'
import type { OpenMailbox } from '@/mail/imap/opened-mailbox'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
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

const KIB = 1024
/** The text, and beside it an attachment that makes the message as large as this. */
const large = (headers: Record<string, string>, text: string, bytes: number) =>
  raw(
    { ...headers, 'Content-Type': 'multipart/mixed; boundary=part' },
    [
      ...['--part', 'Content-Type: text/plain', '', text],
      ...['--part', 'Content-Type: application/pdf; name=offer.pdf', 'Content-Transfer-Encoding: base64', ''],
      'QUJD'
        .repeat(19)
        .concat('\r\n')
        .repeat(Math.ceil(bytes / 78)),
      '--part--',
    ].join('\r\n'),
  )

describe('a body that was left on the server', () => {
  const STOP = 'Please remove me from your mailing list.'

  it('is fetched where a message before it teaches the id that it answers: what it asks for is done', async () => {
    const copy = { From: 'sam@nexa.example', To: OUR_LEAD, Subject: OUR_SUBJECT, Date: new Date(SENT_AT).toUTCString() }
    const id = '<0102018d@eu-west-1.amazonses.com>'
    stage.server.put('inbox', raw({ ...copy, 'Message-ID': id }), READ_AT)
    const answer = { From: 'boss@elsewhere.example', To: 'sam@nexa.example', Subject: `Re: ${OUR_SUBJECT}` }
    const ids = { 'Message-ID': '<stop@elsewhere.example>', 'In-Reply-To': id }
    stage.server.put('inbox', large({ ...answer, ...ids }, STOP, 100 * KIB), READ_AT)
    await stage.read()
    const { kind, newText, leadId } = await stage.engine.db.receivedMessage.findFirstOrThrow({
      where: { fromEmail: 'boss@elsewhere.example' },
    })
    expect({ kind, newText, leadId }).toEqual({ kind: 'stop_request', newText: STOP, leadId: stage.ids.leadId })
    expect(await stage.state()).toMatchObject({
      lead: 'unsubscribed',
      suppressed: expect.arrayContaining([`${OUR_LEAD} unsubscribed`]),
    })
  })

  it('is that of a stranger from 64 KiB on: below, what it asks for is done', async () => {
    for (const [name, kib] of [
      ['small', 50],
      ['big', 70],
    ] as const) {
      const from = { From: `${name}@elsewhere.example`, To: 'sam@nexa.example', Subject: 'Your emails' }
      const message = large({ ...from, 'Message-ID': `<${name}@elsewhere.example>` }, STOP, kib * KIB)
      stage.server.put('inbox', message, READ_AT)
    }
    await stage.read()
    const found = await stage.engine.db.receivedMessage.findMany({ orderBy: { uid: 'asc' } })
    expect(found.map(({ fromEmail, newText }) => [fromEmail, newText])).toEqual([
      ['small@elsewhere.example', STOP],
      ['big@elsewhere.example', ''],
    ])
  })
})

describe('at a slow server', () => {
  /** Large answers of our lead, and what the server is asked for: `onAsked` happens while a body is fetched. */
  function slowServer(count: number, kib: number, onAsked: (nth: number) => unknown) {
    for (let n = 1; n <= count; n++) {
      const headers = {
        From: OUR_LEAD,
        To: 'sam@nexa.example',
        Subject: `Re ${n}`,
        'Message-ID': `<n${n}@large.example>`,
      }
      stage.server.put('inbox', large(headers, `Answer ${n}`, kib * KIB), READ_AT)
    }
    const asked: number[] = []
    const folders: string[] = []
    const open: OpenMailbox = async (account) => {
      const mailbox = await stage.server.open(account)
      return {
        ...mailbox,
        open: async (path) => {
          folders.push(path)
          const folder = await mailbox.open(path)
          const source = async (uid: number) => {
            asked.push(uid)
            await onAsked(asked.length)
            return folder.source(uid)
          }
          return { ...folder, source }
        },
      }
    }
    return { asked, folders, open }
  }
  let laterMs = 0
  const read = async (open: OpenMailbox, signal?: AbortSignal) => {
    await stage.engine.db.mailboxReader.updateMany({ data: { nextReadAt: null } })
    const { deps } = stage.engine
    const clock = { ...deps.clock, realNow: () => new Date(Date.now() + laterMs) }
    return readMailbox({ ...deps, clock }, { mailboxId: stage.ids.mailboxId, open, ...(signal && { signal }) })
  }
  const stored = () => stage.engine.db.receivedMessage.count()

  it('each reading gets further, though a single body takes longer than it may: none is fetched twice', async () => {
    const { asked, open } = slowServer(3, 100, () => {
      laterMs += 300_000
    })
    const messages: number[] = []
    for (let n = 0; n < 4; n++) messages.push((await read(open)).messages)
    expect(messages).toEqual([1, 1, 1, 0])
    expect(asked).toEqual([1, 2, 3])
  })

  it('what was fetched for a while is stored before more than the next part is', async () => {
    const seen: number[] = []
    const { asked, open } = slowServer(7, 100, async (nth) => {
      laterMs += 20_000
      if (nth % 2 === 1) seen.push(await stored())
    })
    expect(await read(open)).toEqual({ messages: 7 })
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7])
    // Two take longer than a part may; the next two are fetched while they are stored.
    expect(seen[2]).toBeGreaterThanOrEqual(2)
    expect(seen[3]).toBeGreaterThanOrEqual(4)
  })

  it('a stop ends it with what is under way: a few megabytes are stored, and nothing more is asked for', async () => {
    const stop = new AbortController()
    let before = -1
    const { asked, folders, open } = slowServer(12, 1024, async (nth) => {
      if (nth === 9) before = await stored()
      if (nth === 10) stop.abort()
    })
    expect(await read(open, stop.signal)).toEqual({ messages: 10 })
    expect(folders).toEqual(['INBOX'])
    expect(before).toBeGreaterThanOrEqual(4)
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await read(open)).toEqual({ messages: 2 })
  })
})
