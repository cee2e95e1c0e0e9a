import { oldPostgres } from '../tests/support/database/old-postgres'
import { missingPgBouncer } from '../tests/support/database/pgbouncer'
import { missingMailServers } from '../tests/support/mail-servers/packages'
import { ensureBuild } from './lib/app/build'
import { namedFailures } from './lib/failed-tests'
import { createOutput } from './lib/output'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'
import { runPlaywright, runVitest, type Tally } from './lib/test-runs'

// Everything there is to test; the last line sums it up for people and machines.
await runScript(async () => {
  // The web app is built meanwhile: many of these tests wait for something.
  const [tally, unbuilt] = await Promise.all([runVitest(), buildApp()])
  const tallies = [tally, unbuilt ?? (await runPlaywright())]
  const sum = (key: 'passed' | 'skipped') => tallies.reduce((total, tally) => total + tally[key], 0)
  const failed = tallies.flatMap((tally) => tally.failed)
  if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped`)
  const missing = missingMailServers()
  if (missing) console.log(`\nLeft out: the tests against Postfix and Dovecot: ${missing}.`)
  const noPooler = missingPgBouncer()
  if (noPooler) console.log(`\nLeft out: the tests behind PgBouncer: ${noPooler}.`)
  if (!oldPostgres)
    console.log("\nLeft out: the test of an older PostgreSQL: none found. It needs Debian's package postgresql-15.")
  // Of a log often its end alone is kept.
  for (const line of ['', ...namedFailures(failed)]) console.log(line)
  console.log(`${sum('passed')} passed, ${failed.length} failed`)
  process.exitCode = failed.length > 0 ? 1 : 0
})

/** Builds the web app; answers what failed, if it did. */
async function buildApp(): Promise<Tally | undefined> {
  const abort = new AbortController()
  const end = () => abort.abort(new Problem('The build was interrupted.'))
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, end)
  try {
    await ensureBuild(createOutput(), abort.signal)
    return undefined
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    console.error(said)
    return { passed: 0, skipped: 0, failed: [{ name: 'the build of the web app', error: said }] }
  } finally {
    for (const name of names) process.removeListener(name, end)
  }
}
