import { CHECKS, type Check } from './lib/checks'
import { runScript } from './lib/run-script'

// Two at a time: more would only wait for each other on the usual two cores.
const AT_ONCE = 2

// All checks of a commit: a line for each check, then the complaints of the failed ones.
await runScript(async () => {
  const waiting = [...CHECKS]
  const complaints: string[] = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const complaint = await complaintOf(check)
      if (typeof complaint === 'object') {
        console.log(`unknown  ${check.name}: ${complaint.unknown}`)
        continue
      }
      console.log(`${complaint === undefined ? 'OK    ' : 'failed'}  ${check.name}`)
      if (complaint !== undefined) complaints.push(`---- ${check.name}\n${complaint}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (complaints.length === 0) return
  console.error(`\n${complaints.join('\n\n')}`)
  process.exitCode = 1
})

async function complaintOf({ run }: Check): ReturnType<Check['run']> {
  try {
    return await run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
