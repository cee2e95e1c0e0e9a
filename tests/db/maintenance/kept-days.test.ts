import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TEXTS_AT_ONCE } from '@/db/queries/maintenance/clear-texts'
import { openSql } from '@/db/sql'
import { getConversation } from '@/use-cases/inbox/get-conversation'
import { getReceivedMessage } from '@/use-cases/leads/get-received-message'
import { clearOldRows } from '@/use-cases/maintenance/clear-old-rows'
import { getEmail } from '@/use-cases/progress/get-email'
import { retryReply } from '@/use-cases/replies/retry-reply'
import { updateRetention } from '@/use-cases/settings/update-retention'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

const DAY_MS = 24 * 3_600_000

let engine: Engine
let mailboxId: string
beforeAll(async () => {
  engine = await createEngine()
  mailboxId = (await engine.db.mailbox.findFirstOrThrow()).id
})
afterAll(() => engine.close())
const FOR_EVER = { sentTextDays: null, conversationTextDays: null, historyDays: null, requestDays: null }
beforeEach(async () => {
  await updateRetention(engine.deps, { ...FOR_EVER, sandboxDays: null, sessionDays: 365 })
})

const daysAgo = (days: number) => new Date(engine.clock.now().getTime() - days * DAY_MS)
/** The clocks agree, as they do where no time is simulated. */
const clear = () => clearOldRows({ ...engine.deps, clock: { ...engine.clock, realNow: engine.clock.now } })
const left = async (text: string) => (await engine.pool.query({ text, rowMode: 'array' })).rows.map(([value]) => value)

describe('texts of sent emails', () => {
  it('are kept for ever until an owner says for how many days; then the row stays and says after how many its text went', async () => {
    const { id } = await startOutreach(engine, { leads: 2, days: [0, 31] })
    await engine.work()
    engine.clock.advanceDays(31)
    await engine.work()
    const sent = await engine.db.email.findMany({
      where: { campaignId: id },
      orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    })
    expect(sent.map(({ bodyText }) => bodyText.includes('Hello Ada'))).toEqual([true, true, true, true])
    await clear()
    expect(await left(`SELECT count(*)::int FROM emails WHERE body_text <> ''`)).toEqual([4])

    await updateRetention(engine.deps, { sentTextDays: 30 })
    await clear()
    const now = await engine.db.email.findMany({
      where: { campaignId: id },
      orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
    })
    expect(now.map(({ textKeptDays }) => textKeptDays)).toEqual([30, 30, null, null])
    const withoutTexts = { bodyText: '', bodyHtml: null, textKeptDays: 30 }
    expect(now).toEqual(sent.map((email, i) => (i < 2 ? { ...email, ...withoutTexts } : email)))

    const [old, , young] = now
    expect(await getEmail(engine.deps, { id: old?.id ?? '' })).toMatchObject({
      as: 'recorded',
      textKeptDays: 30,
      content: { subject: old?.subject, text: '', html: null },
    })
    expect(await getEmail(engine.deps, { id: young?.id ?? '' })).toMatchObject({ as: 'recorded', textKeptDays: null })

    // A longer time brings nothing back, and changes nothing of what was said then.
    await updateRetention(engine.deps, { sentTextDays: 3650 })
    await clear()
    expect(await left('SELECT text_kept_days FROM emails ORDER BY sent_at')).toEqual([30, 30, null, null])
  })

  it('go in small statements, and those that are gone are not looked at again', async () => {
    const { id } = await startOutreach(engine, { leads: TEXTS_AT_ONCE + 3, days: [0] })
    await engine.work()
    engine.clock.advanceDays(40)
    await updateRetention(engine.deps, { sentTextDays: 35 })
    await engine.pool.query('VACUUM (ANALYZE)')
    const counting = openCountingPool(engine.url)
    const deps = { ...engine.deps, sql: openSql(counting.pool) }
    const statements = () => counting.done.filter(({ text }) => text.includes('UPDATE emails'))
    await clearOldRows(deps)
    expect(statements()).toHaveLength(2)
    expect(await engine.db.email.count({ where: { campaignId: id, textKeptDays: 35 } })).toBe(TEXTS_AT_ONCE + 3)
    await engine.pool.query('VACUUM (ANALYZE)')
    counting.done.length = 0
    await clearOldRows(deps)
    expect(statements().map(({ rows }) => rows < 20)).toEqual([true])
    await counting.pool.end()
  })
})

describe('texts of conversations', () => {
  const message = (uid: number, days: number, place: object) => ({
    ...{
      mailboxId,
      folder: 'INBOX',
      uidValidity: 1n,
      uid: BigInt(uid),
      contentHash: String(uid),
      size: 1,
      kind: 'human',
    },
    ...{ receivedAt: daysAgo(days), fromEmail: 'ada@x.example', subject: `Question ${uid}` },
    ...{ newText: `New ${uid}`, bodyText: `All ${uid}`, bodyHtml: '<p>All</p>', ...place },
  })
  const conversation = (lastMessageAt: Date, correspondent: string) =>
    engine.db.conversation.create({ data: { mailboxId, correspondent, lastMessageAt, excerpt: 'New' } })

  it('go with what lists show of them; who, when and about what stay, and so do younger ones', async () => {
    const [old, mixed] = [await conversation(daysAgo(50), 'old'), await conversation(daysAgo(10), 'mixed')]
    await engine.db.receivedMessage.createMany({
      data: [
        message(1, 50, { conversationId: old.id }),
        message(2, 50, { conversationId: mixed.id }),
        message(3, 10, { conversationId: mixed.id }),
      ],
    })
    await clear()
    expect(await left(`SELECT count(*)::int FROM received_messages WHERE body_text <> ''`)).toEqual([3])
    await updateRetention(engine.deps, { conversationTextDays: 40 })
    await clear()
    expect(
      await left(
        `SELECT new_text || '|' || body_text || '|' || (body_html IS NULL) FROM received_messages ORDER BY uid`,
      ),
    ).toEqual(['||true', '||true', 'New 3|All 3|false'])
    expect(await left('SELECT text_kept_days FROM received_messages ORDER BY uid')).toEqual([40, 40, null])
    expect(await left('SELECT subject FROM received_messages ORDER BY uid')).toEqual([
      'Question 1',
      'Question 2',
      'Question 3',
    ])
    expect(await left('SELECT excerpt FROM conversations ORDER BY last_message_at')).toEqual(['', 'New'])
    const { entries } = await getConversation(engine.deps, { id: mixed.id, by: 'nobody' })
    expect(entries).toMatchObject([
      { textKeptDays: 40, excerpt: '' },
      { textKeptDays: null, excerpt: 'New 3' },
    ])
    expect(await getReceivedMessage(engine.deps, entries[0]?.id ?? '')).toMatchObject({ textKeptDays: 40, html: null })
  })

  it('of answers go once those are over, but of one that failed: sent again it is whole', async () => {
    const reply = (messageId: string, status: 'sent' | 'cancelled' | 'failed' | 'held', days: number) => ({
      ...{ mailboxId, messageId, status, fromEmail: 'us@x.example', fromName: 'Us', toEmails: ['ada@x.example'] },
      ...{ subject: 'Re', bodyText: `Answer ${messageId}`, dueAt: daysAgo(days), writtenBy: 'u' },
      ...{ createdAt: daysAgo(days), updatedAt: daysAgo(days), endedAt: status === 'held' ? null : daysAgo(days) },
      ...(status === 'held' ? { heldAt: daysAgo(days) } : {}),
      ...(status === 'sent' ? { sentAt: daysAgo(days) } : {}),
    })
    await engine.db.reply.createMany({
      data: [
        reply('1', 'sent', 50),
        reply('2', 'cancelled', 50),
        reply('3', 'failed', 50),
        reply('4', 'held', 50),
        reply('5', 'sent', 10),
      ],
    })
    await updateRetention(engine.deps, { conversationTextDays: 40 })
    await clear()
    expect(await left('SELECT body_text FROM replies ORDER BY message_id')).toEqual([
      '',
      '',
      'Answer 3',
      'Answer 4',
      'Answer 5',
    ])
    const failed = await engine.db.reply.findUniqueOrThrow({ where: { messageId: '3' } })
    await retryReply(engine.deps, { id: failed.id, confirmed: [], by: 'u' })
    await clear()
    expect(await engine.db.reply.findUniqueOrThrow({ where: { messageId: '3' } })).toMatchObject({
      status: 'pending',
      bodyText: 'Answer 3',
    })
  })
})

it('the history of completed campaigns goes by the time at which it was written, that of others stays', async () => {
  const campaign = async (name: string, status: 'completed' | 'paused') =>
    (await engine.db.campaign.create({ data: { name, status } })).id
  const [over, paused] = [await campaign('Over', 'completed'), await campaign('Paused', 'paused')]
  const event = (id: string, days: number) =>
    engine.pool.query(
      `INSERT INTO campaign_events (id, campaign_id, at, kind, message)
       VALUES (uuidv7($2::timestamptz - clock_timestamp()), $1, $2, 'paused', $3)`,
      [id, daysAgo(days), `${days} days ago`],
    )
  for (const days of [101, 99]) for (const id of [over, paused]) await event(id, days)
  const events = () =>
    left(`SELECT c.name || ', ' || e.message FROM campaign_events e JOIN campaigns c ON c.id = e.campaign_id
                             WHERE e.kind = 'paused' ORDER BY 1`)
  await clear()
  expect(await events()).toHaveLength(4)
  await updateRetention(engine.deps, { historyDays: 100 })
  await clear()
  expect(await events()).toEqual(['Over, 99 days ago', 'Paused, 101 days ago', 'Paused, 99 days ago'])
})

it('emails of the sandbox, requests of runs and sign-ins go after the days that an owner says', async () => {
  const { db } = engine
  await db.sandboxMessage.deleteMany()
  const email = (days: number) => ({
    messageId: String(days),
    fromEmail: 'a',
    toEmail: 'b',
    subject: 's',
    raw: Buffer.from('x'),
    receivedAt: daysAgo(days),
  })
  await db.sandboxMessage.createMany({ data: [email(9), email(11)] })
  const { id: campaignId } = await db.campaign.create({ data: { name: 'Finding', campaignType: 'lead_generation' } })
  for (const days of [49, 51]) {
    const run = { campaignId, dueAt: daysAgo(days), finishedAt: daysAgo(days), status: 'completed' as const }
    const call = {
      source: 'apollo',
      api: 'apollo',
      kind: String(days),
      paid: true,
      seq: 1,
      params: {},
      status: 'dropped',
    } as const
    await db.leadGenerationRun.create({ data: { ...run, calls: { create: call } } })
  }
  await db.user.create({ data: { id: 'u', name: 'U', email: 'u@x.example' } })
  const session = (days: number) => ({
    id: String(days),
    token: String(days),
    userId: 'u',
    expiresAt: daysAgo(-5),
    createdAt: daysAgo(days),
  })
  await db.session.createMany({ data: [session(6), session(8)] })
  const all = async () => [
    await left('SELECT message_id FROM sandbox_messages ORDER BY 1'),
    await left('SELECT kind FROM lead_generation_calls ORDER BY 1'),
    await left('SELECT id FROM sessions ORDER BY 1'),
  ]
  await clear()
  expect(await all()).toEqual([
    ['11', '9'],
    ['49', '51'],
    ['6', '8'],
  ])
  await updateRetention(engine.deps, { sandboxDays: 10, requestDays: 50, sessionDays: 7 })
  await clear()
  expect(await all()).toEqual([['9'], ['49'], ['6']])
})
