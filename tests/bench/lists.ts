import { rollUpCounts } from '@/use-cases/progress/roll-up-counts'
import { type Benchmark, median, percentile, timed } from './support/figures'
import type { Calls } from './support/lists/calls'
import { listCalls, wholeCalls } from './support/lists/list-calls'
import { openHouse } from './support/lists/open-house'

const REPEATS = 40
/** Of what looks at each lead of a campaign or of an import. */
const REPEATS_WHOLE = 5
/** Where it is only shown that they are measured. */
const REPEATS_SMALL = 2
const WARM_UPS = 5
/** A smaller house has no campaign of each kind. */
const SMALLEST = 0.002

/**
 * Every list, get and progress in a full house: 10,000 campaigns, 200,000 leads, 1,000,000 emails, and what a team of forty does in
 * years; filled once and kept in .bench for later runs. The limit of each is the same call in a house of a tenth. What looks at each
 * lead of what it is about, as the act after it does, is measured without an aim.
 */
export const lists: Benchmark = async ({ scale, report, note }) => {
  const tenth = await measure(Math.max(scale / 10, SMALLEST), note)
  const full = await measure(scale, note)
  for (const [name, samples] of full.reads) {
    const small = tenth.reads.get(name) ?? []
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
  for (const [name, samples] of full.whole)
    report({ name, value: median(samples), unit: 'ms', limit: median(tenth.whole.get(name) ?? []) })
}

type Measured = Record<'reads' | 'whole', Map<string, number[]>>

async function measure(scale: number, note: (line: string) => void): Promise<Measured> {
  const bench = await openHouse(scale, note)
  const keeps = bench.isKept
  try {
    await rollUpCounts(bench.deps)
    return {
      reads: await measureCalls(await listCalls(bench), keeps ? REPEATS : REPEATS_SMALL, keeps ? WARM_UPS : 1),
      whole: await measureCalls(await wholeCalls(bench), keeps ? REPEATS_WHOLE : 1, 1),
    }
  } finally {
    await bench.close()
  }
}

async function measureCalls(calls: Calls, repeats: number, warmUps: number): Promise<Map<string, number[]>> {
  const measured = new Map<string, number[]>()
  for (const [name, call] of Object.entries(calls)) {
    for (let i = 0; i < warmUps; i++) await call()
    const samples: number[] = []
    for (let i = 0; i < repeats; i++) samples.push(await timed(call))
    measured.set(name, samples)
  }
  return measured
}
