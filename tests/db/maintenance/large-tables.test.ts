import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'

const ROWS = 10_000_000
/** Emails, each of which changes its row twice: a campaign of an afternoon. */
const SENT = 60_000

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

const LARGE = ['scheduled_emails', 'emails', 'leads', 'lead_activity']

it.each(LARGE)(
  '%s is cleaned and counted after an afternoon of sending, also when it holds the emails of years',
  async (table) => {
    const { rows } = await engine.pool.query(
      `SELECT (50 + $2::float8 * COALESCE(max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor'), '0.2')::float8)::int AS cleaned,
            (50 + $2::float8 * COALESCE(max(option_value) FILTER (WHERE option_name = 'autovacuum_analyze_scale_factor'), '0.1')::float8)::int AS counted
     FROM pg_class c LEFT JOIN LATERAL pg_options_to_table(c.reloptions) ON true WHERE c.oid = $1::regclass`,
      [table, ROWS],
    )
    expect(rows[0].cleaned).toBeLessThanOrEqual(2 * SENT)
    expect(rows[0].counted).toBeLessThanOrEqual(2 * SENT)
  },
)
