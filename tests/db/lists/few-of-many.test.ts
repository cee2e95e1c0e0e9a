import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSql } from '@/db/sql'
import type { LeadSort } from '@/domain/lead/sorts'
import { listLeads } from '@/use-cases/leads/list-leads'
import { createSeed } from '../../bench/support/seed'
import { createEngine, type Engine } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

/** Enough that the server, which takes them to lie among all others, goes along the sort until a page of them has come by. */
const FEW = 3_000
const OTHERS = 30_000

let engine: Engine
let counting: ReturnType<typeof openCountingPool>
let batchId: string
beforeAll(async () => {
  engine = await createEngine()
  const { pool } = engine
  const seed = createSeed(pool)
  await seed.batch('Others', OTHERS)
  batchId = await seed.batch('Few', FEW)
  await pool.query(
    `UPDATE leads SET company_name = 'Zulu ' || email, contact_name = 'Zoe ' || email, status = 'interested', emails_sent = 9
     WHERE id IN (SELECT lead_id FROM batch_leads WHERE batch_id = $1)`,
    [batchId],
  )
  await pool.query('VACUUM (ANALYZE)')
  counting = openCountingPool(engine.url)
})
afterAll(async () => {
  await counting.pool.end()
  await engine.close()
})

/** More pages than these tables have, and far fewer than who goes along a sort looks at, asking for each lead on the way what it belongs to. */
const READ_ALL = 20_000

/** What is found, and how many pages were looked at for it. */
async function listed(input: Parameters<typeof listLeads>[1]) {
  counting.done.length = 0
  const list = await listLeads({ sql: openSql(counting.pool) }, input)
  return { list, pages: counting.done.reduce((sum, { pages }) => sum + pages, 0) }
}

describe('few leads that stand behind all others', () => {
  it.each<LeadSort>(['company', 'contact', 'emailsSent'])(
    'of a batch are not looked for among these, by %s',
    async (sort) => {
      const { list, pages } = await listed({ batchId, sort, descending: false })
      expect(list).toMatchObject({ total: FEW, sort, leads: { length: 50 } })
      expect(pages).toBeLessThan(READ_ALL)
      const next = await listed({ batchId, sort, descending: false, after: list.next ?? '' })
      const ids = [...list.leads, ...next.list.leads].map(({ id }) => id)
      expect(new Set(ids).size).toBe(100)
      expect(next.pages).toBeLessThan(READ_ALL)
    },
  )

  it('of a status are not, either, and only they are found', async () => {
    const { list, pages } = await listed({ statuses: ['interested'], sort: 'company', descending: false })
    expect(list.total).toBe(FEW)
    expect(new Set(list.leads.map(({ status }) => status))).toEqual(new Set(['interested']))
    expect(pages).toBeLessThan(READ_ALL)
    expect((await listed({ batchId, statuses: ['replied'], sort: 'company' })).list.leads).toEqual([])
  })
})
