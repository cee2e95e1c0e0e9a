import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PrismaClient } from '@/db/generated/client'
import { countCampaigns, selectCampaignPage } from '@/db/queries/campaigns/count-campaigns'
import { countPeople } from '@/db/queries/campaigns/count-people'
import { countAway } from '@/db/queries/progress/select-reading'
import { openSql } from '@/db/sql'
import type { Deps } from '@/deps'
import { COUNTED_AT_MOST } from '@/domain/lists/place'
import { listCampaignEvents } from '@/use-cases/campaigns/list-campaign-events'
import { listLeads } from '@/use-cases/leads/list-leads'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { createSeed } from '../../bench/support/seed'
import { createEngine, type Engine } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

const LEADS = 600
const STEPS = 3
const AWAY = 200
const REPLIES = 50
// So many that the server does not rather look through all of them.
const CAMPAIGNS = 10_000
const ROWS = 20_000

let engine: Engine
let counting: ReturnType<typeof openCountingPool>
let prisma: PrismaClient
let deps: Deps
let campaignId: string
let others: string[]
beforeAll(async () => {
  engine = await createEngine()
  const { pool } = engine
  const seed = createSeed(pool)
  const mailboxId = await seed.mailbox('Mailbox', 5)
  const batchId = await seed.batch('Leads', LEADS)
  const workflowId = await seed.workflow(STEPS)
  campaignId = await seed.plannedCampaign({
    ...{ name: 'Needle', status: 'running', batchId, workflowId, mailboxId, sentShare: 0, dueInDays: 9 },
  })
  await pool.query(`UPDATE scheduled_emails SET status = 'pending', sent_at = NULL WHERE status <> 'pending'`)
  const made = await pool.query<{ id: string }>(
    `INSERT INTO campaigns (name, campaign_type, status) SELECT 'Hay ' || i, 'outreach', 'completed' FROM generate_series(1, $1::int) i RETURNING id`,
    [CAMPAIGNS],
  )
  others = made.rows.map(({ id }) => id)
  await pool.query(
    `UPDATE leads SET away_until = now() + interval '9 days' WHERE id IN (SELECT id FROM leads ORDER BY id LIMIT $1::int)`,
    [AWAY],
  )
  await pool.query(
    `INSERT INTO campaign_events (campaign_id, at, kind, message) SELECT $1, now() - make_interval(mins => i), 'paused', 'Event ' || i FROM generate_series(1, $2::int) i`,
    [campaignId, ROWS],
  )
  await pool.query(
    `INSERT INTO sandbox_messages (message_id, from_email, to_email, subject, raw, received_at)
     SELECT '<' || i || '@nexa.example>', 'sam@nexa.example', 'lead' || i || '@hay.example', 'Letter ' || i, '', now() - make_interval(mins => i) FROM generate_series(1, $1::int) i`,
    [ROWS],
  )
  await pool.query(
    `INSERT INTO suppressions (kind, value, reason, source) SELECT 'address', i || '@x.example', 'manual', 'import' FROM generate_series(1, $1::int) i`,
    [ROWS],
  )
  await pool.query(
    `INSERT INTO campaign_ended_leads (campaign_id, lead_id, status)
     SELECT c.id, l.id, 'replied' FROM (SELECT id FROM campaigns WHERE name LIKE 'Hay%' ORDER BY id LIMIT 10) c, leads l`,
  )
  await pool.query(
    `INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, size, kind, matched_by, lead_id, campaign_id)
     SELECT $2::uuid, 'INBOX', 1, row_number() OVER (), '<' || id || '@reply.example>', '', now(), 2000, 'human', 'in_reply_to', id, $1::uuid
     FROM (SELECT id FROM leads ORDER BY id LIMIT $3::int) l`,
    [campaignId, mailboxId, REPLIES],
  )
  await pool.query(
    `UPDATE scheduled_emails SET status = 'failed', failed_at = now() WHERE campaign_id = $1 AND workflow_step_number = 1`,
    [campaignId],
  )
  await pool.query(`INSERT INTO leads (email) SELECT i || '@hay.example' FROM generate_series(1, $1::int) i`, [ROWS])
  await pool.query('VACUUM (ANALYZE)')
  counting = openCountingPool(engine.url)
  prisma = new PrismaClient({ adapter: new PrismaPg(counting.pool) })
  deps = { ...engine.deps, db: prisma, sql: openSql(counting.pool) }
})
afterAll(async () => {
  await prisma.$disconnect()
  await counting.pool.end()
  await engine.close()
})
beforeEach(() => {
  counting.done.length = 0
})

/** Rows and descents into indexes of all that was read. */
const looked = () => counting.done.reduce((sum, { rows, searches }) => sum + rows + searches, 0)

describe('the list of campaigns', () => {
  it('walks through the emails of its campaigns once to count who is away, however many are', async () => {
    const ids = [campaignId, ...others.slice(0, 24)]
    const { rows } = await engine.pool.query<{ now: Date }>('SELECT now()')
    const now = rows[0]?.now ?? new Date()
    expect(await countAway(deps.sql, ids, now)).toEqual([{ campaignId, away: AWAY }])
    // The leads, the emails of each that waits, their count; and one search a campaign, not one a lead and campaign.
    expect(looked()).toBeLessThan(AWAY * (2 + STEPS) + 100)
  })

  it('counts answers without a look at the suppression list, or at those whom other campaigns have lost', async () => {
    const lost = { replied: REPLIES, bounced: 0, unsubscribed: 0 }
    expect(await countPeople(deps.sql, [campaignId])).toEqual([{ campaignId, ...lost }])
    expect(looked()).toBeLessThan(10 * REPLIES)
  })

  it('finds a part of a name without a look at the others, for its page and for its counts', async () => {
    const page = {
      type: 'outreach',
      status: undefined,
      sort: 'created',
      descending: true,
      archived: false,
      limit: 25,
      offset: 0,
    } as const
    expect(await selectCampaignPage(deps.sql, { ...page, search: 'EEDLE' })).toMatchObject([{ id: campaignId }])
    expect(looked()).toBeLessThan(100)
    counting.done.length = 0
    expect(await countCampaigns(deps.sql, 'EEDLE')).toEqual(
      expect.arrayContaining([{ type: 'outreach', status: 'running', all: 1, found: 1 }]),
    )
    // Counted by an index alone, all of them; and what is found.
    expect(looked()).toBeLessThan(CAMPAIGNS + 200)
  })

  it('reads a page by name in the order of an index', async () => {
    const page = {
      type: 'outreach',
      status: undefined,
      search: undefined,
      sort: 'name',
      descending: false,
      archived: false,
      limit: 25,
      offset: 50,
    } as const
    expect(await selectCampaignPage(deps.sql, page)).toHaveLength(25)
    expect(looked()).toBeLessThan(200)
  })
})

describe('the history of a campaign', () => {
  it('is read from a place on and back, and counted up to a bound', async () => {
    const first = await listCampaignEvents(deps, { campaignId, pageSize: 2 })
    expect(first.rows.map(({ message }) => message)).toEqual(['Event 1', 'Event 2'])
    expect(first).toMatchObject({ previous: null, total: COUNTED_AT_MOST, more: true })
    const second = await listCampaignEvents(deps, { campaignId, pageSize: 2, after: first.next ?? '' })
    expect(second.rows.map(({ message }) => message)).toEqual(['Event 3', 'Event 4'])
    const back = await listCampaignEvents(deps, { campaignId, pageSize: 2, before: second.previous ?? '' })
    expect(back.rows).toEqual(first.rows)
    expect(looked() / 3).toBeLessThan(3 * COUNTED_AT_MOST + 100)
  })
})

describe('the sandbox inbox', () => {
  it('finds a part of an address, a subject or a Message-ID without a look at the others', async () => {
    for (const search of ['LEAD14321@hay', 'letter 14321', '<14321@nexa']) {
      counting.done.length = 0
      const { rows, total } = await listMessages(deps, { search })
      expect([rows.map(({ subject }) => subject), total]).toEqual([['Letter 14321'], 1])
      expect(looked()).toBeLessThan(100)
    }
  })

  it('is counted up to a bound', async () => {
    const { previous, next, ...list } = await listMessages(deps, { pageSize: 1 })
    expect([list.rows.map(({ subject }) => subject), previous]).toEqual([['Letter 1'], null])
    expect(list).toMatchObject({ total: COUNTED_AT_MOST, more: true })
    expect(looked()).toBeLessThan(3 * COUNTED_AT_MOST + 100)
  })
})

describe('a search of leads that is sorted', () => {
  it('reads each lead that it finds once', async () => {
    const { leads, total } = await listLeads(deps, { search: 'lead company', sort: 'company', descending: false })
    expect([leads.length, total]).toEqual([50, LEADS])
    const page = counting.done.at(-1)
    expect(page?.searches).toBeLessThan(20)
  })
})
