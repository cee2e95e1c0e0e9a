import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { deleteMailbox } from '@/use-cases/mailboxes/delete-mailbox'
import { changeRole } from '@/use-cases/team/change-role'
import { removePerson } from '@/use-cases/team/remove-person'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'
import { addMember } from '../../support/team/members'

const stage = allWithContactedLead()
const minutes = (n: number) => new Date(READ_AT.getTime() + n * 60_000)

/** Messages arrive, a minute apart, and are read. Those of `sent` lie in Sent. */
async function readAll(raws: readonly (string | Buffer)[], sent: readonly (string | Buffer)[] = []) {
  for (const [n, raw] of raws.entries()) stage.server.put('inbox', raw, minutes(n))
  for (const [n, raw] of sent.entries()) stage.server.put('sent', raw, minutes(raws.length + n))
  await stage.read()
}

const from = (who: string, n = 1, to = 'sam@nexa.example') =>
  `From: ${who}\r\nTo: ${to}\r\nSubject: Pallets ${n}\r\nDate: Fri, 18 Dec 2026 08:00:0${n} +0000\r\nMessage-ID: <m${n}.${who.length}@elsewhere.example>\r\n\r\nHow many pallets,\r\n  and when?\r\n`
const byHand = (to: string, n = 1) =>
  from('sam@nexa.example', n, to).replace('\r\n\r\n', `\r\nIn-Reply-To: <unknown${n}@x.example>\r\n\r\n`)

const conversations = async () => {
  const all = await stage.engine.db.conversation.findMany({
    orderBy: [{ correspondent: 'asc' }, { lastMessageAt: 'asc' }],
  })
  return all.map(({ id: _, createdAt: _c, updatedAt: _u, ...kept }) => kept)
}
const only = () => stage.engine.db.conversation.findFirstOrThrow()

it('begins with the first answer of a lead, and goes on with all that follow, automatic ones and reports too', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const begun = await only()
  expect(begun).toMatchObject({
    ...{ leadId: stage.ids.leadId, campaignId: stage.ids.campaignId, mailboxId: stage.ids.mailboxId },
    ...{ correspondent: OUR_LEAD, scope: 'open', isWaiting: true, isUnread: true, lastInKind: 'human' },
    ...{ lastMessageAt: READ_AT, askedAt: READ_AT, lastOutAt: null, doneAt: null },
  })
  expect(begun.excerpt).not.toBe('')
  expect(begun.searchText).toContain('ute.winter@nordwind.example')
  stage.server.put('inbox', sample('bounce-hard.postfix-user-unknown.en'), minutes(9))
  await stage.read()
  expect(await conversations()).toMatchObject([
    { correspondent: OUR_LEAD, scope: 'open', isWaiting: true, lastInKind: 'bounce', lastMessageAt: minutes(9) },
  ])
  expect(await stage.engine.db.receivedMessage.count({ where: { conversationId: begun.id } })).toBe(2)
})

it('of a bounce alone is with the lead, not with the server that reports it', async () => {
  await readAll([sample('bounce-hard.postfix-user-unknown.en')])
  expect(await conversations()).toMatchObject([{ correspondent: OUR_LEAD, scope: 'bounces', isWaiting: false }])
})

it('with somebody who is no lead is one for each mailbox and address, in whatever case that is written', async () => {
  await readAll([
    from('Kim <kim@elsewhere.example>', 1),
    from('KIM@elsewhere.example', 2),
    from('li@elsewhere.example', 3),
  ])
  expect(await conversations()).toMatchObject([
    {
      ...{ leadId: null, correspondent: 'kim@elsewhere.example', correspondentName: 'Kim', scope: 'unmatched' },
      ...{ subject: 'Pallets 2', excerpt: 'How many pallets, and when?', isWaiting: false, isUnread: true },
    },
    { leadId: null, correspondent: 'li@elsewhere.example', scope: 'unmatched' },
  ])
})

it('waits no more once a person has answered by hand, and what is only a copy of ours changes nothing', async () => {
  const copy = `From: sam@nexa.example\r\nTo: ${OUR_LEAD}\r\nSubject: x\r\nMessage-ID: ${OUR_ID}\r\n\r\nHello\r\n`
  await readAll([sample('human-interested.gmail.en')], [copy])
  expect(await only()).toMatchObject({ isWaiting: true, lastOutAt: null })
  stage.server.put('sent', byHand(OUR_LEAD), minutes(30))
  await stage.read()
  expect(await only()).toMatchObject({ scope: 'open', isWaiting: false, isUnread: false, lastOutAt: minutes(30) })
})

it('is not begun by what was written by hand to somebody who never wrote, and goes on where they had', async () => {
  await readAll([], [byHand('kim@elsewhere.example')])
  expect(await conversations()).toEqual([])
  stage.server.put('inbox', from('kim@elsewhere.example', 2), minutes(5))
  stage.server.put('sent', byHand('kim@elsewhere.example', 3), minutes(6))
  await stage.read()
  expect(await conversations()).toMatchObject([{ correspondent: 'kim@elsewhere.example', lastOutAt: minutes(6) }])
})

it('opens again with the next message of theirs, not with an automatic one', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const close = { doneAt: minutes(1), scope: 'done', isWaiting: false } as const
  await stage.engine.db.conversation.updateMany({ data: close })
  stage.server.put('inbox', sample('away-2027-01-04.exchange.en'), minutes(2))
  await stage.read()
  expect(await only()).toMatchObject({ scope: 'done', isUnread: true, lastInKind: 'out_of_office' })
  stage.server.put('inbox', sample('human-none.what-is-it.en'), minutes(3))
  await stage.read()
  expect(await only()).toMatchObject({ scope: 'open', isWaiting: true, doneAt: null })
})

it('stands where a corrected message puts it', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const { id } = await stage.stored()
  await correctMessage(stage.engine.deps, { id, to: 'nothing', by: BY })
  expect(await only()).toMatchObject({ scope: 'away', isWaiting: false, lastInKind: 'automatic', askedAt: null })
  await correctMessage(stage.engine.deps, { id, to: 'reply', by: BY })
  expect(await only()).toMatchObject({ scope: 'open', isWaiting: true, lastInKind: 'human', askedAt: READ_AT })
})

it('is found by what its lead is called now', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const { leadId: id } = stage.ids
  await stage.engine.db.lead.update({ where: { id }, data: { companyName: 'Müller Logistik' } })
  expect((await only()).searchText).toContain('muller logistik')
})

it.each(['leaves the team', 'may only look from now on'])(
  'is nobody’s once its person %s, done or not',
  async (what) => {
    await readAll([sample('human-interested.gmail.en'), from('kim@elsewhere.example')])
    const { db, deps } = stage.engine
    await db.user.deleteMany()
    const owner = await addMember(stage.engine, 'owner', 'Olive')
    const ada = await addMember(stage.engine, 'member', 'Ada')
    await db.conversation.updateMany({ data: { assigneeId: ada.id } })
    await db.conversation.updateMany({ where: { leadId: null }, data: { scope: 'done', doneAt: READ_AT } })
    const olive = await db.conversation.create({
      data: {
        mailboxId: stage.ids.mailboxId,
        correspondent: 'x@y.example',
        lastMessageAt: READ_AT,
        assigneeId: owner.id,
      },
    })
    const isRemoved = what === 'leaves the team'
    if (isRemoved) await removePerson(deps, { userId: ada.id, by: owner })
    else await changeRole(deps, { userId: ada.id, from: 'member', to: 'viewer', by: owner })
    const left = await db.conversation.findMany({ where: { id: { not: olive.id } }, orderBy: { scope: 'asc' } })
    expect(left.map(({ scope, assigneeId }) => ({ scope, assigneeId }))).toEqual([
      { scope: 'done', assigneeId: null },
      { scope: 'open', assigneeId: null },
    ])
    expect((await db.conversation.findUniqueOrThrow({ where: { id: olive.id } })).assigneeId).toBe(owner.id)
  },
)

it('stays with whoever goes on answering in another role', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const { db, deps } = stage.engine
  await db.user.deleteMany()
  const owner = await addMember(stage.engine, 'owner', 'Olive')
  const ada = await addMember(stage.engine, 'admin', 'Ada')
  await db.conversation.updateMany({ data: { assigneeId: ada.id } })
  await changeRole(deps, { userId: ada.id, from: 'admin', to: 'member', by: owner })
  expect((await only()).assigneeId).toBe(ada.id)
})

it('of a lead outlives the mailbox that it came to last, where another has messages of it; that of others goes with it', async () => {
  await readAll([sample('human-interested.gmail.en')])
  const { db, deps } = stage.engine
  const { id: _, ...like } = await db.mailbox.findUniqueOrThrow({ where: { id: stage.ids.mailboxId } })
  const other = await db.mailbox.create({ data: { ...like, name: 'Kim', fromEmail: 'kim@nexa.example' } })
  const { id, leadId } = await only()
  const row = {
    mailboxId: other.id,
    folder: 'INBOX',
    uidValidity: 1n,
    uid: 1n,
    contentHash: 'x',
    size: 1,
    kind: 'human',
  }
  await db.receivedMessage.create({ data: { ...row, leadId, conversationId: id, receivedAt: minutes(5) } })
  await db.conversation.update({ where: { id }, data: { mailboxId: other.id } })
  await db.conversation.create({ data: { mailboxId: other.id, correspondent: 'x@y.example', lastMessageAt: READ_AT } })
  await deleteMailbox(deps, { mailboxId: other.id })
  expect(await conversations()).toMatchObject([{ leadId, mailboxId: stage.ids.mailboxId }])
})

const HUMAN = 'human-interested.gmail.en'
const MIXED = ['away-2027-01-04.exchange.en', 'stop-unsure.asks-how.en', 'bounce-soft.postfix-mailbox-full.en']
it.each([
  [[HUMAN]],
  [['bounce-hard.postfix-user-unknown.en']],
  [['away-2027-01-04.exchange.en', 'automatic.ticket-opened.en']],
  [['stop-sure.stop-alone.en']],
  [[HUMAN, ...MIXED]],
  [[...MIXED, 'human-none.what-is-it.en', 'complaint.arf-abuse.en']],
])('is the same as the migration makes it of messages that were there before: %j', async (names) => {
  const strangers = [
    from('Kim <kim@elsewhere.example>', 1),
    from('kim@elsewhere.example', 2),
    from('li@elsewhere.example', 3),
  ]
  const sent = names.length === 1 ? [] : [byHand(OUR_LEAD, 4), byHand('li@elsewhere.example', 5)]
  await readAll([...names.map(sample), ...strangers], sent)
  const { db, pool } = stage.engine
  const owner = () => db.receivedMessage.findMany({ orderBy: { id: 'asc' }, select: { id: true, conversation: true } })
  const whose = async () =>
    (await owner()).map(({ id, conversation: c }) => [id, c && [c.leadId, c.mailboxId, c.correspondent]])
  const [kept, belong] = [await conversations(), await whose()]
  await db.conversation.deleteMany()
  const migration = readFileSync('prisma/migrations/0047_conversations/migration.sql', 'utf8')
  await pool.query(migration.slice(migration.indexOf('INSERT INTO conversations')))
  // What waits for an answer is unread then, and nothing else.
  const unread = kept.map((one) => ({ ...one, isUnread: one.isWaiting }))
  expect(await conversations()).toEqual(unread)
  expect(await whose()).toEqual(belong)
  expect(kept.length).toBe(3)
})
