import { importCsv } from './import'
import { plan } from './plan'
import { progress } from './progress'
import { queue } from './queue'
import { seedAlgorithm } from './seed-algorithm'
import { send } from './send'
import type { Benchmark } from './support/figures'

/** All benchmarks by their name on the command line. */
export const BENCHMARKS: Record<string, Benchmark> = {
  plan,
  send,
  queue,
  progress,
  import: importCsv,
  seed: seedAlgorithm,
}
