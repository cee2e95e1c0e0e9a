import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recallPutOffAhead } from '@/db/queries/delivery/correct-times-ahead'
import { putHeldBack, selectHeld } from '@/db/queries/delivery/hold-expired-leases'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { reopenFailed } from '@/db/queries/delivery/reopen-failed'
import { previewShift, rescheduleLongOverdue, shiftOverdue } from '@/db/queries/delivery/shift-overdue'
import { openSql, type SqlPool, transaction } from '@/db/sql'
import { createSeed } from '../../bench/support/seed'
import { createTestDatabase, type TestDatabase } from '../../support/database/test-database'
import { createEngine, type Engine } from '../../support/engine'
import { openPool } from '../../support/open-pool'
import { openCountingPool } from '../../support/statement-work'

const LEADS = 1_200
const STEPS = 3
const EMAILS = LEADS * STEPS
/** What a statement may look at for each email of the campaign. A join of leads with emails looks at 1,200 and more. */
const LOOKS_PER_EMAIL = 25
/** Where it knows how many rows there are, it may choose to read all of so small a table, for each part of the statement. */
const LOOKS_PER_OLD_EMAIL = 5

/** How old the table is, and what the server knows of it. */
const TABLES = {
  'never analysed': { old: 0 },
  'analysed before the campaign came, which is less than a tenth of it': { old: 15_000 },
}

describe.each(Object.entries(TABLES))('a table that was %s', (_name, { old }) => {
  let filled: TestDatabase
  let engine: Engine
  let counting: ReturnType<typeof openCountingPool>
  let sql: SqlPool
  let campaignId: string
  // Filled once: each test has a copy, with what the server knows of its tables.
  beforeAll(async () => {
    filled = await createTestDatabase()
    const pool = openPool(filled.url)
    for (const table of ['scheduled_emails', 'leads', 'campaigns', 'emails']) {
      await pool.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`)
    }
    const seed = createSeed(pool)
    const mailboxId = await seed.mailbox('Mailbox', 5)
    const workflowId = await seed.workflow(STEPS)
    const planned = async (name: string, status: 'running' | 'completed', leads: number, sentShare: number) =>
      seed.plannedCampaign({
        name,
        status,
        batchId: await seed.batch(name, leads),
        workflowId,
        mailboxId,
        sentShare,
        dueInDays: -9,
      })
    if (old > 0) {
      for (const name of ['Old', 'Older', 'Oldest']) await planned(name, 'completed', old / 3, 1)
      await pool.query('ANALYZE')
    }
    campaignId = await planned('New', 'running', LEADS, 0)
    await pool.query(
      `UPDATE scheduled_emails SET status = 'pending', sent_at = NULL WHERE campaign_id = $1 AND status <> 'pending'`,
      [campaignId],
    )
    await pool.query('UPDATE campaigns SET emails_scheduled_count = $2, emails_failed_count = $2 WHERE id = $1', [
      campaignId,
      EMAILS,
    ])
    await pool.end()
  })
  beforeEach(async () => {
    engine = await createEngine({ database: await createTestDatabase(filled) })
    counting = openCountingPool(engine.url)
    sql = openSql(counting.pool)
  })
  afterEach(async () => {
    await counting.pool.end()
    await engine.close()
  })
  afterAll(() => filled.drop())

  const now = () => new Date()
  /** Puts the first step of every lead into this state, behind the engine's back. */
  const firstSteps = (assignments: string) =>
    engine.pool.query(
      `UPDATE scheduled_emails SET ${assignments} WHERE campaign_id = $1 AND workflow_step_number = 1`,
      [campaignId],
    )
  const atMost = EMAILS * LOOKS_PER_EMAIL + old * STEPS * LOOKS_PER_OLD_EMAIL

  it('previews and makes a resume by looking at each email a few times', async () => {
    const at = now()
    expect(await previewShift(sql, campaignId, at)).toMatchObject({ leadsShifted: LEADS, emailsShifted: EMAILS })
    expect(await transaction(sql, (tx) => shiftOverdue(tx, campaignId, at))).toBe(EMAILS)
    expect(counting.most()).toBeGreaterThan(EMAILS)
    expect(counting.most()).toBeLessThan(atMost)
  })

  it('reschedules what is long overdue by looking at each email a few times, and at none where nothing is', async () => {
    expect(await rescheduleLongOverdue(sql, now())).toBe(EMAILS)
    expect(counting.most()).toBeLessThan(atMost)
    counting.done.length = 0
    expect(await rescheduleLongOverdue(sql, now())).toBe(0)
    expect(counting.most()).toBeLessThan(100)
  })

  it('sends held emails again by looking at each email a few times', async () => {
    await firstSteps(`status = 'held', held_at = now()`)
    const ids = (await selectHeld(sql, { campaignId, ids: null })).map(({ id }) => id)
    expect(await putHeldBack(sql, { campaignId, ids, now: now() })).toHaveLength(LEADS)
    expect(counting.most()).toBeLessThan(atMost)
  })

  it('treats held emails as delivered by looking at each email a few times', async () => {
    await firstSteps(`status = 'held', held_at = now()`)
    const held = await selectHeld(sql, { campaignId, ids: null })
    const message = null
    const outcome = { status: 'sent', reason: null, dueAt: null, attemptUsed: false, addressInvalid: false } as const
    const outcomes = held.map(({ id, claim }) => ({ ...outcome, id, fencingToken: claim, message }))
    expect(await recordOutcomes(sql, outcomes, null, now())).toHaveLength(LEADS)
    expect(counting.most()).toBeLessThan(atMost)
  })

  it('puts failed emails back by looking at each email a few times', async () => {
    await engine.pool.query(
      `UPDATE scheduled_emails SET status = 'skipped', failure_reason = 'previous_step_not_delivered' WHERE campaign_id = $1`,
      [campaignId],
    )
    await firstSteps(`status = 'failed', failed_at = now()`)
    const { rows } = await engine.pool.query<{ id: string }>(
      `SELECT id FROM scheduled_emails WHERE campaign_id = $1 AND status = 'failed'`,
      [campaignId],
    )
    const ids = rows.map(({ id }) => id)
    expect(await transaction(sql, (tx) => reopenFailed(tx, { campaignId, ids, now: now() }))).toBe(LEADS)
    expect(counting.most()).toBeLessThan(atMost)
  })

  it('calls back what a clock ahead has put off by looking at each email a few times', async () => {
    await firstSteps(`wait_reason = 'contacted_recently', scheduled_for = now() + interval '90 days'`)
    expect(await recallPutOffAhead(sql, now())).toBe(EMAILS)
    expect(counting.most()).toBeLessThan(atMost)
  })
})
