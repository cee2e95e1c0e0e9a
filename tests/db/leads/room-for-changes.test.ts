import { afterAll, beforeAll, expect, it } from 'vitest'
import { importLeads } from '@/use-cases/leads/import-leads'
import { BY, createEngine, type Engine } from '../../support/engine'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())

it('emails to all leads of a file change them where they are: most are not written into the indexes of leads again', async () => {
  const rows = Array.from(
    { length: 500 },
    (_, i) =>
      `lead${i}@company${i}.example,Ada Winter${i},"Company ${i}, Ltd",Head of Sales,Hamburg,https://c${i}.example`,
  )
  const text = ['email,full name,company,job title,city,website', ...rows].join('\n')
  expect(await importLeads(engine.deps, { fileName: 'a.csv', text, by: BY })).toMatchObject({ added: 500 })
  const client = await engine.pool.connect()
  try {
    await client.query('BEGIN')
    // As record-outcomes does, all at once: none makes room for the next by being committed.
    await client.query(
      `UPDATE leads SET status = 'contacted', last_contacted_at = now(), emails_sent = 1, updated_at = now()`,
    )
    const { rows: counts } = await client.query(
      `SELECT n_tup_upd::int AS changed, n_tup_hot_upd::int AS beside FROM pg_stat_xact_user_tables WHERE relname = 'leads'`,
    )
    expect(counts[0].changed).toBeGreaterThanOrEqual(500)
    expect(counts[0].beside / counts[0].changed).toBeGreaterThan(0.6)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})
