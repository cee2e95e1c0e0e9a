import { missingMailServers } from '../tests/support/mail-servers/packages'
import { ensureBuild } from './lib/app/build'
import { createOutput } from './lib/output'
import { runScript } from './lib/run-script'
import { runPlaywright, runVitest, type Tally } from './lib/test-runs'

// Everything there is to test; the last line sums it up for people and machines.
await runScript(async () => {
  const tallies = [await runVitest(), await runInBrowser()]
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
  if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped`)
  const missing = missingMailServers()
  if (missing) console.log(`\nLeft out: the tests against Postfix and Dovecot: ${missing}.`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') > 0 ? 1 : 0
})

async function runInBrowser(): Promise<Tally> {
  try {
    await ensureBuild(createOutput())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return runPlaywright()
}
