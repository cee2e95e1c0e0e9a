import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALL_LEADS, selectLeadCounts } from '@/db/queries/leads/lead-counts'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { createBatch, createEngine, type Engine } from '../../support/engine'

const OVER_ROWS = `
  SELECT '${ALL_LEADS}'::uuid AS "batchId", status, count(*)::int AS count FROM leads GROUP BY 1, 2
  UNION ALL SELECT bl.batch_id, l.status, count(*)::int FROM batch_leads bl JOIN leads l ON l.id = bl.lead_id GROUP BY 1, 2
  ORDER BY 1, 2`
const ACTIVITY = 'SELECT lead_id, status, emails_sent, last_contacted_at FROM lead_activity ORDER BY 1'
const OVER_LEADS = 'SELECT id AS lead_id, status, emails_sent, last_contacted_at FROM leads ORDER BY 1'
const ENDED = 'SELECT campaign_id, lead_id, status FROM campaign_ended_leads ORDER BY 1, 2'
const OVER_EMAILS = `
  SELECT DISTINCT se.campaign_id, l.id AS lead_id, l.status FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.status = 'sent' AND l.status IN ('replied', 'bounced', 'unsubscribed') ORDER BY 1, 2`

describe('what is kept beside the leads', () => {
  let engine: Engine
  const batchIds: string[] = []
  beforeAll(async () => {
    engine = await createEngine()
    for (const name of ['One', 'Two', 'Three']) batchIds.push((await createBatch(engine, { name, leads: 8 })).batch.id)
    const { id: mailbox } = await engine.db.mailbox.findFirstOrThrow()
    await engine.pool.query(
      `WITH t AS (INSERT INTO email_templates (name, subject, body_text) VALUES ('T', 'S', 'B') RETURNING id),
            c AS (INSERT INTO campaigns (name, status) VALUES ('First', 'running'), ('Second', 'running') RETURNING id)
       INSERT INTO scheduled_emails (campaign_id, lead_id, template_id, mailbox_id, message_id, scheduled_for)
       SELECT c.id, l.id, t.id, $1::uuid, c.id::text || l.id, now() FROM c, t, leads l`,
      [mailbox],
    )
  })
  afterAll(() => engine.close())

  const rows = async (sql: string) => (await engine.pool.query(sql)).rows
  const expectTrue = async () => {
    const kept = await selectLeadCounts(engine.deps.sql, [ALL_LEADS, ...batchIds])
    const sorted = kept.toSorted((a, b) => (`${a.batchId} ${a.status}` < `${b.batchId} ${b.status}` ? -1 : 1))
    expect(sorted).toEqual(await rows(OVER_ROWS))
    expect(await rows(ACTIVITY)).toEqual(await rows(OVER_LEADS))
    expect(await rows(ENDED)).toEqual(await rows(OVER_EMAILS))
  }

  it('equals the rows after anything that can happen to them, rolled up or not', async () => {
    const some = (table: string, id = 'id') => `(SELECT ${id} FROM ${table} ORDER BY md5(${id}::text || $1) LIMIT 4)`
    const statement = fc.oneof(
      fc
        .constantFrom('new', 'contacted', 'replied', 'bounced', 'unsubscribed', 'interested')
        .map((status) => `UPDATE leads SET status = '${status}' WHERE id IN ${some('leads')}`),
      fc.constant(
        `UPDATE leads SET emails_sent = emails_sent + 1, last_contacted_at = now() WHERE id IN ${some('leads')}`,
      ),
      fc.constant(
        `UPDATE scheduled_emails SET status = 'sent', sent_at = now() WHERE id IN ${some('scheduled_emails')}`,
      ),
      fc.constant(`INSERT INTO leads (email, status) VALUES (md5($1 || random()) || '@x.example', 'replied')`),
      fc.constant(`DELETE FROM leads WHERE id IN (SELECT id FROM leads ORDER BY md5(id::text || $1) LIMIT 1)`),
      fc.constant(`DELETE FROM batch_leads WHERE lead_id IN ${some('leads')}`),
      fc.constant(
        `INSERT INTO batch_leads (batch_id, lead_id) SELECT b.id, l.id FROM lead_batches b, leads l WHERE l.id IN ${some('leads')} ON CONFLICT DO NOTHING`,
      ),
      fc.constant('roll up'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 6 }), fc.uuid(), async (statements, salt) => {
        for (const [i, text] of statements.entries()) {
          if (text === 'roll up') await rollUpCounts(engine.deps)
          else await engine.pool.query(text, [`${salt}${i}`])
        }
        await expectTrue()
      }),
      { numRuns: 40 },
    )
  })

  it('goes with a batch, whose leads stay', async () => {
    await engine.db.leadBatch.delete({ where: { id: batchIds.pop() ?? '' } })
    await rollUpCounts(engine.deps)
    await expectTrue()
    expect(await rows('SELECT count(*)::int AS changes FROM lead_count_changes')).toEqual([{ changes: 0 }])
    expect(await rows('SELECT count(DISTINCT batch_id)::int AS batches FROM lead_counts')).toEqual([{ batches: 3 }])
  })

  it('stays true while an answer and the record of an email arrive at once', async () => {
    for (let round = 0; round < 20; round++) {
      await engine.pool.query(
        `UPDATE leads SET status = 'contacted'; UPDATE scheduled_emails SET status = 'pending', sent_at = NULL`,
      )
      const { id } = (await rows('SELECT id FROM leads ORDER BY random() LIMIT 1'))[0]
      const record = `WITH sent AS (UPDATE scheduled_emails SET status = 'sent' WHERE lead_id = '${id}' RETURNING lead_id)
        UPDATE leads SET emails_sent = emails_sent + 1 FROM sent WHERE id = sent.lead_id`
      await Promise.all([
        engine.pool.query(record),
        engine.pool.query(`UPDATE leads SET status = 'replied' WHERE id = '${id}'`),
      ])
      await expectTrue()
    }
  })

  it('is kept by indexes, row by row, whatever the session has changed before', async () => {
    const client = await engine.pool.connect()
    /** Rows that whole looks at these tables have read so far. */
    const looked = async (tables: string[]) =>
      (
        await client.query<{ rows: number }>(
          'SELECT sum(seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = ANY($1)',
          [tables],
        )
      ).rows[0]?.rows
    /** A change, and the tables at which it looks by its triggers alone. */
    const CHANGES: [string, string[]][] = [
      [
        `UPDATE leads SET status = 'bounced', emails_sent = emails_sent + 1 WHERE id = ANY($1)`,
        ['lead_activity', 'batch_leads', 'campaign_ended_leads', 'scheduled_emails'],
      ],
      [`UPDATE scheduled_emails SET status = 'sent' WHERE lead_id = ANY($1)`, ['leads', 'campaign_ended_leads']],
      [`DELETE FROM batch_leads WHERE lead_id = ANY($1)`, ['leads']],
    ]
    await engine.pool.query(
      `UPDATE leads SET status = 'new'; UPDATE scheduled_emails SET status = 'pending', sent_at = NULL`,
    )
    // So small tables are read whole, again for each row, unless that is ruled out; a foreign key may do so a few times.
    await engine.pool.query('VACUUM ANALYZE')
    const ids = (await rows('SELECT id FROM leads ORDER BY id')).map(({ id }) => id)
    try {
      for (const sizes of [
        [ids, ids.slice(0, 1)],
        [ids.slice(0, 1), ids.slice(1)],
      ]) {
        await client.query('BEGIN; DISCARD PLANS')
        for (const chosen of sizes) {
          for (const [change, tables] of CHANGES) {
            const before = await looked(tables)
            await client.query(change, [chosen])
            expect(((await looked(tables)) ?? 0) - (before ?? 0), change).toBeLessThan(5 * ids.length)
          }
        }
        await client.query('ROLLBACK')
      }
    } finally {
      client.release()
    }
  })
})
