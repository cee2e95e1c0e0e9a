import { join } from 'node:path'

/** What tests start as processes of their own, often. */
export const PROGRAMS = [
  'worker/main.ts',
  'tests/chaos/sink/main.ts',
  'tests/chaos/support/reader-process.ts',
  'tests/chaos/support/token-process.ts',
  'tests/bench/support/backup-process.ts',
] as const

/** The variable with the folder of their bundles; unset outside of a run of tests. */
export const BUNDLES = 'TEST_PROGRAMS'

/** How Node runs a program: from its bundle where there is one, from its sources else. */
export function programOf(source: (typeof PROGRAMS)[number]): {
  file: string
  execArgv: string[]
} {
  const folder = process.env[BUNDLES]
  if (!folder) return { file: source, execArgv: ['--import', 'tsx'] }
  return { file: join(folder, source.replace(/\.ts$/, '.mjs')), execArgv: [] }
}
