import { oldPostgres } from '../tests/support/database/old-postgres'
import { missingPgBouncer } from '../tests/support/database/pgbouncer'
import { missingMailServers } from '../tests/support/mail-servers/packages'
import { ensureBuild } from './lib/app/build'
import { createOutput } from './lib/output'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'
import { runPlaywright, runVitest, type Tally } from './lib/test-runs'

const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 }

// Everything there is to test; the last line sums it up for people and machines.
await runScript(async () => {
  // The web app is built meanwhile: many of these tests wait for something.
  const [tally, built] = await Promise.all([runVitest(), buildApp()])
  const tallies = [tally, built ? await runPlaywright() : FAILED]
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
  if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped`)
  const missing = missingMailServers()
  if (missing) console.log(`\nLeft out: the tests against Postfix and Dovecot: ${missing}.`)
  const noPooler = missingPgBouncer()
  if (noPooler) console.log(`\nLeft out: the tests behind PgBouncer: ${noPooler}.`)
  if (!oldPostgres)
    console.log("\nLeft out: the test of an older PostgreSQL: none found. It needs Debian's package postgresql-15.")
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') > 0 ? 1 : 0
})

async function buildApp(): Promise<boolean> {
  const abort = new AbortController()
  const end = () => abort.abort(new Problem('The build was interrupted.'))
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, end)
  try {
    await ensureBuild(createOutput(), abort.signal)
    return true
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  } finally {
    for (const name of names) process.removeListener(name, end)
  }
}
