import { missingMailServers } from '../support/mail-servers/packages'
import { backup } from './backup'
import { compose } from './compose'
import { grow } from './grow'
import { importCsv } from './import'
import { lists } from './lists'
import { plan } from './plan'
import { preflight } from './preflight'
import { progress } from './progress'
import { queue } from './queue'
import { read } from './read'
import { resumeFresh, resumeOld } from './resume'
import { seedAlgorithm } from './seed-algorithm'
import { send } from './send'
import type { Benchmark } from './support/figures'

/** All benchmarks by their name on the command line. */
export const BENCHMARKS: Record<string, Benchmark> = {
  plan,
  compose,
  send,
  queue,
  preflight,
  progress,
  'resume-fresh': resumeFresh,
  'resume-old': resumeOld,
  import: importCsv,
  lists,
  grow,
  backup,
  ...(missingMailServers() === null ? { read } : {}),
  seed: seedAlgorithm,
}
