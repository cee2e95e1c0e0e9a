import { expect, it } from 'vitest'
import { selectImbalances } from '@/db/queries/maintenance/select-imbalances'
import { openBench } from './support/bench-deps'
import { fillOld } from './support/grow/fill-old'

const ROWS = 12_000

/** Counts that the database keeps beside leads, and what they are. */
const LEADS = `
  WITH kept AS (SELECT batch_id, status, sum(count)::int AS count FROM (
      SELECT batch_id, status, count FROM lead_counts UNION ALL SELECT batch_id, status, count FROM lead_count_changes) n GROUP BY 1, 2),
  counted AS (
    SELECT '00000000-0000-0000-0000-000000000000'::uuid AS batch_id, status, count(*)::int AS count FROM leads GROUP BY 2
    UNION ALL SELECT bl.batch_id, l.status, count(*)::int FROM batch_leads bl JOIN leads l ON l.id = bl.lead_id GROUP BY 1, 2)
  SELECT * FROM kept FULL JOIN counted USING (batch_id, status) WHERE kept.count IS DISTINCT FROM counted.count`

it('what is kept beside rows that were filled in by sets agrees with them', async () => {
  const { deps, pool, close } = await openBench()
  try {
    const { rows: indexes } = await pool.query('SELECT count(*)::int FROM pg_indexes')
    await fillOld(pool, ROWS, () => undefined)
    expect((await pool.query('SELECT count(*)::int FROM scheduled_emails')).rows).toEqual([{ count: ROWS }])
    expect(await selectImbalances(deps.sql)).toEqual([])
    expect((await pool.query(LEADS)).rows).toEqual([])
    expect((await pool.query('SELECT count(*)::int FROM pg_indexes')).rows).toEqual(indexes)
    expect((await pool.query(`SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'`)).rows).toEqual([])
  } finally {
    await close()
  }
}, 120_000)
