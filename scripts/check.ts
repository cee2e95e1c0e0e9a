import { GATES, type Gate } from './lib/gates'
import { runScript } from './lib/run-script'

// Two at a time: more would only wait for each other on the usual two cores.
const AT_ONCE = 2

// The one gate of a commit: a line for each check, then what the failed ones say.
await runScript(async () => {
  const waiting = [...GATES]
  const complaints: string[] = []
  const work = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) {
      const complaint = await complaintOf(gate)
      console.log(`${complaint === undefined ? 'OK    ' : 'failed'}  ${gate.name}`)
      if (complaint !== undefined) complaints.push(`---- ${gate.name}\n${complaint}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (complaints.length === 0) return
  console.error(`\n${complaints.join('\n\n')}`)
  process.exitCode = 1
})

async function complaintOf({ check }: Gate): Promise<string | undefined> {
  try {
    return await check()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
