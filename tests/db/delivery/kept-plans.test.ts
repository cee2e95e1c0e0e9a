import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { selectDueEmails } from '@/db/queries/delivery/select-due-emails'
import { openSql } from '@/db/sql'
import { createSeed } from '../../bench/support/seed'
import { createEngine, type Engine } from '../../support/engine'
import { openPool } from '../../support/open-pool'

/** From the sixth call on PostgreSQL compares what it planned so far with a plan for all values. */
const CALLS = 8
const ROWS = 10_000_000

let engine: Engine
let pool: Pool
beforeEach(async () => {
  engine = await createEngine()
  pool = openPool(engine.url, 1)
})
afterEach(async () => {
  await pool.end()
  await engine.close()
})

/** Tells the planner that the tables are as large as after years; nothing looks at how many rows there really are. */
async function sayItHoldsYears() {
  for (const [table, rows] of Object.entries({ scheduled_emails: ROWS, leads: 200_000, campaigns: 10_000 })) {
    await engine.pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`)
    await engine.pool.query(
      `SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', $1::text, 'reltuples', $2::real,
         'relpages', (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int)`,
      [table, rows],
    )
  }
}

it('keeps the plan of looking for due emails over a table of 10,000,000 rows, since planning takes longer than looking', async () => {
  const seed = createSeed(engine.pool)
  const mailboxId = await seed.mailbox('Mailbox', 20)
  const workflowId = await seed.workflow(2)
  for (const status of ['running', 'completed', 'paused'] as const) {
    const batchId = await seed.batch(status, 2_000)
    const sentShare = status === 'completed' ? 1 : 0.5
    await seed.plannedCampaign({ name: status, status, batchId, workflowId, mailboxId, sentShare, dueInDays: 10 })
  }
  await engine.pool.query('ANALYZE')
  await sayItHoldsYears()
  for (let call = 0; call < CALLS; call++) {
    await selectDueEmails(openSql(pool), { mailboxId, now: engine.clock.now(), limit: 10, except: [] })
  }
  const { rows } = await pool.query(
    `SELECT generic_plans > 0 AS kept FROM pg_prepared_statements WHERE name = 'select-due-emails'`,
  )
  expect(rows).toEqual([{ kept: true }])
})
