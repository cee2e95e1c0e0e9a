import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { openPool } from '../support/open-pool'
import { type Bench, openBench } from './support/bench-deps'
import { openKeptDatabase } from './support/database'
import { type Benchmark, percentile, timed } from './support/figures'
import { fillLists } from './support/fill-lists'
import { listCalls } from './support/list-calls'

const REPEATS = 40
/** Where it is only shown that they are measured. */
const REPEATS_SMALL = 4
const WARM_UPS = 5
const WARM_UPS_SMALL = 1
/** A smaller house has no campaign of each kind. */
const SMALLEST = 0.002
/** Below this scale nothing is worth keeping. */
const KEPT_FROM = 0.05

/**
 * Every list, get and progress in a full house: 10,000 campaigns, 200,000 leads, 1,000,000 emails; filled once and kept in
 * .bench for later runs. The limit of each is the same call in a house of a tenth.
 */
export const lists: Benchmark = async ({ scale, report, note }) => {
  const tenth = await measure(Math.max(scale / 10, SMALLEST), note)
  const full = await measure(scale, note)
  for (const [name, samples] of full) {
    const small = tenth.get(name) ?? []
    for (const [kind, share] of [
      ['p50', 0.5],
      ['p95', 0.95],
    ] as const) {
      report(
        { name: `${name} ${kind}`, value: percentile(samples, share), unit: 'ms', limit: percentile(small, share) },
        kind === 'p95' ? { value: { atMost: 50 } } : { ratio: { atMost: 2 } },
      )
    }
  }
}

async function measure(scale: number, note: (line: string) => void): Promise<Map<string, number[]>> {
  const keeps = scale >= KEPT_FROM
  const folder = keeps ? resolve('.bench', `lists-${scale}`) : await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  const fill = async (url: string) => {
    const pool = openPool(url)
    note(`filling a house of ${scale}`)
    await fillLists(pool, scale, note)
    await pool.query('VACUUM (ANALYZE)')
    await pool.end()
  }
  const bench = await openBench({ open: () => openKeptDatabase(folder, fill) })
  try {
    await rollUpCounts(bench.deps)
    return await measureCalls(bench, keeps)
  } finally {
    await bench.close()
    if (!keeps) await rm(folder, { recursive: true, force: true })
  }
}

async function measureCalls(bench: Bench, full: boolean): Promise<Map<string, number[]>> {
  const measured = new Map<string, number[]>()
  for (const [name, call] of Object.entries(await listCalls(bench))) {
    for (let i = 0; i < (full ? WARM_UPS : WARM_UPS_SMALL); i++) await call()
    const samples: number[] = []
    for (let i = 0; i < (full ? REPEATS : REPEATS_SMALL); i++) samples.push(await timed(call))
    measured.set(name, samples)
  }
  return measured
}
