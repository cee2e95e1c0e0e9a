import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  factsOf,
  insertConversation,
  lockConversationRow,
  updateConversation,
} from '@/db/queries/inbox/conversation-row'
import { transaction } from '@/db/sql'
import { RECEIVED_KINDS } from '@/domain/conversation/received-kind'
import {
  afterMessage,
  afterReply,
  done,
  NOTHING_SAID,
  SCOPES,
  type Scope,
  scopesOf,
  snoozed,
} from '@/domain/inbox/conversation'
import { countConversations } from '@/use-cases/inbox/count-conversations'
import { listAnsweredCampaigns } from '@/use-cases/inbox/list-answered-campaigns'
import { type ListConversations, listConversations } from '@/use-cases/inbox/list-conversations'
import { createEngine, type Engine, startOutreach } from '../../support/engine'
import { addMember } from '../../support/team/members'

const MANY = 120
const NOW = new Date('2026-12-20T12:00:00Z')
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000)
/** The same every time, and evenly spread. */
const pick = (n: number, of: number) => ((n * 2_654_435_761) >>> 7) % of

let engine: Engine
let rows: Awaited<ReturnType<typeof readRows>>
let campaignId: string
let otherMailboxId: string
let adaId: string

const readRows = async () => {
  const all = await transaction(engine.deps.sql, async (tx) => {
    const ids = await engine.db.conversation.findMany({ select: { id: true, lastMessageAt: true } })
    return Promise.all(
      ids.map(async ({ id, lastMessageAt }) => ({ row: await lockConversationRow(tx, id), lastMessageAt })),
    )
  })
  return all.flatMap(({ row, lastMessageAt }) => (row ? [{ ...factsOf(row), lastMessageAt }] : []))
}

beforeAll(async () => {
  engine = await createEngine()
  engine.clock.set(NOW)
  campaignId = (await startOutreach(engine, { leads: MANY })).id
  const { id: mailboxId, ...like } = await engine.db.mailbox.findFirstOrThrow()
  otherMailboxId = (await engine.db.mailbox.create({ data: { ...like, name: 'Kim', fromEmail: 'kim@nexa.example' } }))
    .id
  adaId = (await addMember(engine, 'member', 'Ada')).id
  const leads = await engine.db.lead.findMany({ orderBy: { id: 'asc' } })
  for (const [n, lead] of leads.entries()) {
    const leadId = pick(n, 9) === 0 ? null : lead.id
    // Several at one time, and some of them snoozed until the very moment.
    const at = hours(-1 - pick(n, 40))
    const kind = RECEIVED_KINDS[pick(n + 7, RECEIVED_KINDS.length)] ?? 'human'
    let facts = afterMessage({ ...NOTHING_SAID, isMatched: leadId !== null }, { at, kind, asksPerson: n % 2 === 0 })
    if (n % 5 === 0) facts = afterReply(facts, hours(-pick(n, 20)))
    if (n % 7 === 0) facts = done(facts, hours(-1))
    if (n % 6 === 1) facts = snoozed(facts, hours((Math.floor(n / 6) % 3) - 1))
    const { isMatched: _, ...own } = facts
    const row = {
      ...own,
      leadId,
      mailboxId: n % 4 === 0 ? otherMailboxId : mailboxId,
      correspondent: lead.email,
      correspondentName: n === 3 ? 'Zoë Łukasik' : '',
      campaignId: n % 3 === 0 ? campaignId : null,
      assigneeId: null,
      subject: `Re: Pallets ${n}`,
      ...{ excerpt: 'How many?', interest: null, version: 0 },
    }
    await transaction(engine.deps.sql, async (tx) => {
      const id = await insertConversation(tx, row, NOW)
      if (n % 8 === 0) await updateConversation(tx, { ...row, id, assigneeId: adaId }, NOW)
    })
  }
  rows = await readRows()
})
afterAll(() => engine.close())

/** All pages from the first to the last, and each reached again on the way back. */
async function walk(asked: ListConversations): Promise<string[]> {
  const read = (place: { after?: string; before?: string }) =>
    listConversations(engine.deps, { ...asked, ...place, pageSize: 7 })
  const pages = [await read({})]
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await read({ after: next }))
  for (let at = pages.length - 1; at > 0; at--)
    expect((await read({ before: pages[at]?.previous ?? '' })).rows).toEqual(pages[at - 1]?.rows)
  return pages.flatMap((page) => page.rows.map(({ id }) => id))
}

const expected = (which: (row: (typeof rows)[number]) => boolean) =>
  rows
    .filter(which)
    .sort((a, b) => b.lastMessageAt.getTime() - a.lastMessageAt.getTime() || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id)
const isIn = (scope: Scope) => (row: (typeof rows)[number]) => scopesOf(row, NOW).has(scope)

describe('lists of conversations', () => {
  it.each(SCOPES)(
    'hold those of the scope by the rules, the latest first, page by page and back: %s',
    async (scope) => {
      const ids = expected(isIn(scope))
      expect(ids.length).toBeGreaterThan(2)
      expect(await walk({ scope })).toEqual(ids)
    },
  )

  it('count each scope as they list it, narrowed or not', async () => {
    for (const filter of [
      {},
      { mailboxId: otherMailboxId },
      { campaignId },
      { assigneeId: adaId },
      { assigneeId: null },
    ]) {
      const { counts } = await countConversations(engine.deps, filter)
      const matches = (row: (typeof rows)[number]) =>
        Object.entries(filter).every(([key, value]) => row[key as 'mailboxId' | 'campaignId' | 'assigneeId'] === value)
      const said = Object.fromEntries(SCOPES.map((scope) => [scope, counts?.[scope]]))
      const ruled = SCOPES.map((scope) => [
        scope,
        { total: rows.filter((row) => matches(row) && isIn(scope)(row)).length, more: false },
      ])
      expect(said).toEqual(Object.fromEntries(ruled))
      for (const scope of SCOPES)
        expect(await walk({ ...filter, scope })).toEqual(expected((row) => matches(row) && isIn(scope)(row)))
    }
  })

  it('find a conversation by its lead, its sender and its subject, in either case, without their accents', async () => {
    const zoe = rows.find(({ correspondentName }) => correspondentName !== '')
    for (const search of ['zoe lukasik', 'ŁUKASIK zoë', 'lukasik pallets 3'])
      expect(await walk({ scope: 'everything', search })).toEqual([zoe?.id])
    expect((await walk({ scope: 'everything', search: 'pallets' })).length).toBe(MANY)
    expect(await walk({ scope: 'everything', search: '100%' })).toEqual([])
    const { counts } = await countConversations(engine.deps, { search: 'lukasik' })
    expect(counts?.everything).toEqual({ total: 1, more: false })
  })

  it('name what can narrow them: campaigns that were answered', async () => {
    expect((await listAnsweredCampaigns(engine.deps)).map(({ id }) => id)).toEqual([campaignId])
  })
})

describe('where no mailbox was read', () => {
  it('counts nothing, which is not the same as zero, until one was', async () => {
    const { db, deps } = engine
    await db.conversation.deleteMany()
    await db.mailboxReader.deleteMany()
    expect(await countConversations(deps, {})).toEqual({
      counts: null,
      reading: { mailboxes: 2, withWayIn: 0, read: 0 },
    })
    const reader = { mailboxId: otherMailboxId, imapHost: 'imap.nexa.example', imapPort: 993 }
    await db.mailboxReader.create({ data: reader })
    expect(await countConversations(deps, {})).toMatchObject({ counts: null, reading: { withWayIn: 1, read: 0 } })
    await db.mailboxReader.updateMany({ data: { lastReadAt: NOW } })
    expect((await countConversations(deps, {})).counts?.open).toEqual({ total: 0, more: false })
  })
})
