import { runTick } from '@/use-cases/maintenance/run-tick'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import type { Bench } from './support/bench-deps'
import { type Benchmark, median, percentile, timed } from './support/figures'
import { endDueCampaigns, planDue } from './support/grow/due-emails'
import { fillOld } from './support/grow/fill-old'
import { pagesRead } from './support/grow/pages-read'
import { vacuumWhereDue } from './support/grow/vacuum-where-due'
import { fillLists } from './support/lists/fill-lists'
import { listCalls } from './support/lists/list-calls'
import { openKept } from './support/lists/open-house'

const OLD_ROWS = 10_000_000
/** Below this nothing is worth keeping. */
const KEPT_FROM = 100_000
const BATCH = 20
/**
 * `house`: its share of a full house of lists: 100 campaigns, 2,000 leads, 10,000 emails, the same in both. `warmTicks`: until nothing of
 * before is left to be done, such as hashes of addresses. `sent`: what a campaign has sent when its queue is looked at again, in batches
 * of `sentAtOnce`.
 */
const SIZES = { house: 0.01, warmTicks: 8, repeats: 40, warmUps: 5, sent: 20_000, sentAtOnce: 100 }
/** Where it is only shown that they are measured. */
const SIZES_SMALL = { house: 0.002, warmTicks: 1, repeats: 2, warmUps: 0, sent: 100, sentAtOnce: 50 }
type Sizes = typeof SIZES

/**
 * What years of storage make of a house of 10,000 planned emails: the same house with 10,000,000 more, of campaigns that are over. The
 * idle tick, a batch read, claimed and recorded, the same in the midst of a large campaign, and every read of a screen; the limit of
 * each is the same without the old rows.
 */
export const grow: Benchmark = async ({ scale, report, note }) => {
  const rows = Math.round(OLD_ROWS * scale)
  const sizes = rows >= KEPT_FROM ? SIZES : SIZES_SMALL
  const young = await measure(0, sizes, note)
  const old = await measure(rows, sizes, note)
  const aim = { ratio: { atMost: 1.5 } }
  for (const [name, { times, pages }] of old) {
    const before = young.get(name) ?? { times: [], pages: [] }
    report({ name, value: median(times), unit: 'ms', limit: median(before.times) }, aim)
    if (pages.length > 0)
      report({ name: `${name}, pages`, value: median(pages), unit: 'pages', limit: median(before.pages) }, aim)
    else
      report({
        name: `${name}, p95`,
        value: percentile(times, 0.95),
        unit: 'ms',
        limit: percentile(before.times, 0.95),
      })
  }
}

type Measured = Map<string, { times: number[]; pages: number[] }>

async function measure(rows: number, sizes: Sizes, note: (line: string) => void): Promise<Measured> {
  const bench = await openKept({
    name: `grow-${rows}`,
    isKept: rows >= KEPT_FROM,
    sources: ['seed', 'lists/fill-lists', 'lists/fill-years', 'grow/fill-old', 'grow/old-rows'],
    fill: async (pool) => {
      await fillLists(pool, sizes.house, () => undefined)
      if (rows > 0) await fillOld(pool, rows, note)
      else await pool.query('VACUUM (ANALYZE)')
    },
  })
  try {
    // It would be at work beside what is measured, at another moment each time.
    await bench.pool.query('ALTER SYSTEM SET autovacuum = off')
    await bench.pool.query('SELECT pg_reload_conf()')
    const measured: Measured = new Map()
    await endDueCampaigns(bench)
    await rollUpCounts(bench.deps)
    await measureReads(bench, sizes, measured)
    await measureSending(bench, sizes, { measured, note })
    return measured
  } finally {
    await bench.close()
  }
}

async function measureReads(bench: Bench, { repeats, warmUps }: Sizes, measured: Measured): Promise<void> {
  for (const [name, call] of Object.entries(await listCalls(bench))) {
    for (let i = 0; i < warmUps; i++) await call()
    const times: number[] = []
    for (let i = 0; i < repeats; i++) times.push(await timed(call))
    measured.set(name, { times, pages: [] })
  }
}

type Into = { measured: Measured; note: (line: string) => void }

async function measureSending(bench: Bench, sizes: Sizes, { measured, note }: Into): Promise<void> {
  const { deps, pool } = bench
  const measure = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const entry = measured.get(name) ?? { times: [], pages: [] }
    measured.set(name, entry)
    let result: T | undefined
    const run = async () => {
      result = await work()
    }
    entry.pages.push(await pagesRead(deps.sql, async () => entry.times.push(await timed(run))))
    return result as T
  }
  for (let i = 0; i < sizes.warmTicks; i++) await runTick(deps)
  for (let i = 0; i < sizes.repeats; i++) await measure('tick-idle', () => runTick(deps))

  const rounds = sizes.repeats + sizes.warmUps
  const round = await planDue(bench, 2 * rounds * BATCH + sizes.sent + 1)
  const measureRounds = async (suffix: string) => {
    for (let i = 0; i < rounds; i++)
      await round(BATCH, (step, work) => (i < sizes.warmUps ? work() : measure(`${step}${suffix}`, work)))
  }
  await measureRounds('')
  for (let sent = 0; sent < sizes.sent; sent += sizes.sentAtOnce) await round(sizes.sentAtOnce, (_, work) => work())
  note(`${sizes.sent} emails sent; then cleaned: ${(await vacuumWhereDue(pool)).join(', ') || 'nothing'}`)
  await measureRounds(` after ${sizes.sent} sent`)
  await endDueCampaigns(bench)
}
