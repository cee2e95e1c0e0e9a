import { parseArgs } from 'node:util'
import { readSettings } from './lib/app/settings'
import { examineInstallation } from './lib/doctor/examine'
import { countFaults, reportOf } from './lib/doctor/report'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// npm run doctor            looks at everything that this installation needs, and says what is wrong and what puts it right
// npm run doctor -- --json  the same for machines
await runScript(async () => {
  const asJson = readArguments()
  const chapters = await examineInstallation(readSettings(process.env), console.error)
  console.log(asJson ? JSON.stringify({ faults: countFaults(chapters), chapters }) : reportOf(chapters))
  if (countFaults(chapters) > 0) process.exitCode = 1
})

function readArguments(): boolean {
  try {
    return parseArgs({ options: { json: { type: 'boolean' } } }).values.json ?? false
  } catch {
    throw new Problem('The only option is --json: npm run doctor -- --json. Nothing was looked at.')
  }
}
