import type { PoolClient } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clearReceivedTexts } from '@/db/queries/maintenance/clear-texts'
import { openSql } from '@/db/sql'
import { createSeed } from '../../bench/support/seed'
import { createEngine, type Engine } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

const ROWS = 10_000_000
/** Emails of an afternoon: each changes its row twice, and its lead once. */
const SENT = 60_000

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

it.each(['scheduled_emails', 'emails', 'leads', 'lead_activity'])(
  '%s is cleaned and counted after an afternoon of sending, also when it holds the emails of years',
  async (table) => {
    const option = (name: string, usual: number) =>
      `(50 + $2::float8 * COALESCE(max(option_value) FILTER (WHERE option_name = '${name}')::float8, ${usual}))::int`
    const { rows } = await engine.pool.query<{ cleaned: number; counted: number }>(
      `SELECT ${option('autovacuum_vacuum_scale_factor', 0.2)} AS cleaned, ${option('autovacuum_analyze_scale_factor', 0.1)} AS counted
       FROM pg_class c LEFT JOIN LATERAL pg_options_to_table(c.reloptions) ON true WHERE c.oid = $1::regclass`,
      [table, ROWS],
    )
    expect(rows[0]?.cleaned).toBeLessThanOrEqual(2 * SENT)
    expect(rows[0]?.counted).toBeLessThanOrEqual(2 * SENT)
  },
)

/** What VACUUM says that it did to the table of planned emails. */
async function cleaned(client: PoolClient): Promise<string> {
  const said: string[] = []
  client.on('notice', ({ message }) => said.push(message ?? ''))
  await client.query('VACUUM (VERBOSE) scheduled_emails')
  return said.find((text) => text.includes('finished vacuuming') && text.includes('.scheduled_emails"')) ?? ''
}

it('what has left is taken out of the queue of due emails, also where it is a small part of the table', async () => {
  const seed = createSeed(engine.pool)
  const [mailboxId, workflowId] = [await seed.mailbox('Mailbox', 5), await seed.workflow(2)]
  const planned = async (name: string, status: 'completed' | 'running', leads: number, sentShare: number) =>
    seed.plannedCampaign({
      name,
      status,
      batchId: await seed.batch(name, leads),
      workflowId,
      mailboxId,
      sentShare,
      dueInDays: -1,
    })
  await planned('Old', 'completed', 10_000, 1)
  const campaignId = await planned('New', 'running', 50, 0)
  const client = await engine.pool.connect()
  try {
    await client.query('VACUUM scheduled_emails')
    await client.query(`UPDATE scheduled_emails SET status = 'sent', sent_at = now() WHERE campaign_id = $1`, [
      campaignId,
    ])
    expect(await cleaned(client)).toContain('index scan needed')
  } finally {
    client.release(true)
  }
})

// Those that have messages with a text came before all others: the server thinks that it is soon through with going along both.
it('where no text is old, no conversation is looked at', async () => {
  const rows = 20_000
  const box = '(SELECT id FROM mailboxes LIMIT 1) m'
  await engine.pool.query(
    `INSERT INTO conversations (mailbox_id, correspondent, last_message_at) SELECT m.id, 'stranger ' || i, now() FROM ${box}, generate_series(1, $1::int) i`,
    [rows],
  )
  await engine.pool.query(
    `INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, size, kind, conversation_id)
     SELECT m.id, 'INBOX', 1, i, '<' || i || '@elsewhere.example>', '', now(), 2000, 'human', c.id
     FROM ${box}, (SELECT id, row_number() OVER (ORDER BY id) AS i FROM conversations ORDER BY id LIMIT 200) c`,
  )
  await engine.pool.query('ANALYZE conversations, received_messages')
  const counting = openCountingPool(engine.url)
  try {
    expect(await clearReceivedTexts(openSql(counting.pool), { now: new Date(), realNow: new Date() })).toBe(0)
    expect(counting.most()).toBeLessThan(100)
  } finally {
    await counting.pool.end()
  }
})
