import { PrismaPg } from '@prisma/adapter-pg'
import { expect, it } from 'vitest'
import { PrismaClient } from '@/db/generated/client'
import { SEARCHED_WITHOUT_INDEX } from '@/db/queries/leads/search-leads'
import { LOOKED_AT_FOR_STATUS } from '@/db/queries/leads/select-leads'
import { openSql } from '@/db/sql'
import { SCOPES } from '@/domain/inbox/conversation'
import { COUNTED_AT_MOST } from '@/domain/lists/place'
import { COLLECTED_AT_MOST } from '@/use-cases/leads/list-leads'
import { COUNTED_LEADS } from '@/use-cases/mass-acts/preview-mass-act'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { fillLists } from '../../bench/support/lists/fill-lists'
import { listCalls } from '../../bench/support/lists/list-calls'
import { createEngine } from '../../support/engine'
import { openCountingPool } from '../../support/statement-work'

/** Shares of a full house: 1,000 leads and 5,000 emails, and ten times that. */
const SMALL = 0.005
const LARGE = 0.05
/** Rows that a screen may look at whatever the house: a page, its counts, and what is joined to both. */
const A_PAGE = 6_000
/** Reads that look at more, and how many rows at the most. */
const BOUNDS: readonly (readonly [RegExp, number])[] = [
  // Without an index to ask, a search looks at the newest, once for the page and once for its count.
  [/^(leads|inbox)\.list search of two letters$/, 10 * SEARCHED_WITHOUT_INDEX],
  // Each of its scopes is counted up to a bound.
  [/^inbox\.counts( of nobody)?$/, 2 * SCOPES.length * (COUNTED_AT_MOST + 1)],
  // Of a source or of days, so many are looked at for a status.
  [/^leads\.list of years, of a status$/, 6 * LOOKED_AT_FOR_STATUS],
  // Up to so many of a batch are collected before they are sorted: each in the batch, itself, and twice in the sort.
  [/^batches\.get, by company$/, 4 * COLLECTED_AT_MOST],
  // The fields of the newest leads, a row each.
  [/^leads\.customFields$/, 30 * SEARCHED_WITHOUT_INDEX],
  // What would follow for so many leads, with five emails each: of more only their number is counted.
  [/^massActs\.preview/, 30 * COUNTED_LEADS],
]
const boundOf = (name: string) => BOUNDS.find(([pattern]) => pattern.test(name))?.[1]

/** How many rows each read of a screen looks at. */
async function workIn(scale: number): Promise<Map<string, number>> {
  const engine = await createEngine()
  const counting = openCountingPool(engine.url)
  const prisma = new PrismaClient({ adapter: new PrismaPg(counting.pool) })
  try {
    await fillLists(engine.pool, scale, () => undefined)
    await rollUpCounts(engine.deps)
    await engine.pool.query('VACUUM (ANALYZE)')
    const deps = { ...engine.deps, db: prisma, sql: openSql(counting.pool) }
    const work = new Map<string, number>()
    for (const [name, call] of Object.entries(await listCalls({ deps, pool: engine.pool }))) {
      counting.done.length = 0
      await call()
      work.set(
        name,
        counting.done.reduce((sum, { rows }) => sum + rows, 0),
      )
    }
    return work
  } finally {
    await prisma.$disconnect()
    await counting.pool.end()
    await engine.close()
  }
}

it('a list, a page far down and a progress look at about as many rows in a house that is ten times as large', async () => {
  const small = await workIn(SMALL)
  const large = await workIn(LARGE)
  expect([...large.keys()]).toEqual([...small.keys()])
  const growing = [...large].filter(([name, rows]) => rows > (boundOf(name) ?? 2 * (small.get(name) ?? 0) + A_PAGE))
  expect(growing).toEqual([])
})
