import { parseArgs } from 'node:util'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'
import { runModel } from './lib/test-runs'

const USAGE = 'npm run model -- [--runs N] [--commands N] [--minutes N] [--seed N] [--path P [--replay R]]'

// Random lives of a campaign, against a plain copy of the rules, for as long as there is time. What it finds it makes
// as short as it can, and names the seed, the path and the replay path that show it again.
await runScript(async () => {
  const { runs, commands, minutes, seed, path, replay } = readCommand()
  const numbers = { MODEL_RUNS: runs, MODEL_COMMANDS: commands, MODEL_MINUTES: minutes, MODEL_SEED: seed }
  console.log(`${runs} sequences of up to ${commands} commands, at most ${minutes} minutes, seed ${seed}`)
  const env = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]))
  const found = { ...(path ? { MODEL_PATH: path } : {}), ...(replay ? { MODEL_REPLAY: replay } : {}) }
  process.exitCode = await runModel({ ...env, ...found })
})

function readCommand() {
  const text = { type: 'string' as const }
  try {
    const options = { runs: text, commands: text, minutes: text, seed: text, path: text, replay: text }
    const { values } = parseArgs({ options })
    return {
      runs: whole('runs', values.runs, 3000),
      commands: whole('commands', values.commands, 40),
      minutes: whole('minutes', values.minutes, 60),
      seed: whole('seed', values.seed, Math.floor(Math.random() * 1_000_000_000)),
      path: values.path,
      replay: values.replay,
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(`${(error as Error).message}. ${USAGE}`)
  }
}

function whole(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given)
  if (Number.isInteger(value) && value > 0) return value
  throw new Problem(`--${name} is "${given}"; a whole number above 0 is needed. Nothing was run.`)
}
