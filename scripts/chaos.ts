import { parseArgs } from 'node:util'
import { SCENARIOS } from '../tests/chaos/scenarios'
import { ownServer } from '../tests/chaos/support/databases/places'
import type { Report } from '../tests/chaos/support/report'
import { runScenario, type Scenario, type Sizes } from '../tests/chaos/support/scenario'
import { closeStages } from '../tests/chaos/support/stage'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

const SIZES = [...new Set(SCENARIOS.flatMap(({ full }) => Object.keys(full)))]

// The runs that prove what is promised of delivery. The exit code is 0 when every figure held.
await runScript(async () => {
  stopOnSignals()
  const { chosen, named, json, short, seed, sizes } = readCommand()
  let allHeld = true
  for (const scenario of chosen) {
    const missing = scenario.missing?.()
    if (missing) {
      console.error(`\n${scenario.id} is left out: ${missing}.`)
      allHeld &&= !named
      continue
    }
    const size = { ...(short ? scenario.short : scenario.full), ...sizesOf(scenario, sizes) }
    if (!json) console.log(`\n${scenario.id}  ${scenario.title}\n    ${inWords(size)}, seed ${seed}`)
    const report = await runScenario(scenario, { seed, sizes: size, server: ownServer, web: short ? 'routes' : 'app' })
    console.log(json ? JSON.stringify(report) : lines(report))
    allHeld &&= report.ok
  }
  process.exit(allHeld ? 0 : 1)
})

function readCommand() {
  const { values, positionals } = parse()
  const ids = positionals.map((id) => id.toUpperCase())
  const unknown = ids.filter((id) => !SCENARIOS.some((scenario) => scenario.id === id))
  if (unknown.length > 0) {
    throw new Problem(
      `There is no scenario ${unknown.join(', ')}. There are: ${SCENARIOS.map(({ id }) => id).join(', ')}.`,
    )
  }
  const sizes = Object.fromEntries(
    SIZES.flatMap((name) => (values[name] === undefined ? [] : [[name, number(name, values[name])]])),
  )
  return {
    /** The scenarios were asked for by name: none may be left out. */
    named: ids.length > 0,
    chosen: ids.length > 0 ? SCENARIOS.filter(({ id }) => ids.includes(id)) : SCENARIOS,
    json: values.json === true,
    short: values.short === true,
    seed: values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : number('seed', values.seed),
    sizes,
  }
}

function parse() {
  const numbers = Object.fromEntries(['seed', ...SIZES].map((name) => [name, { type: 'string' as const }]))
  const flags = { json: { type: 'boolean' as const }, short: { type: 'boolean' as const } }
  try {
    return parseArgs({ allowPositionals: true, options: { ...numbers, ...flags } }) as {
      values: Record<string, string | boolean | undefined>
      positionals: string[]
    }
  } catch (error) {
    const options = ['--json', '--short', ...['seed', ...SIZES].map((name) => `--${name} N`)].join(', ')
    throw new Problem(
      `${(error as Error).message}. Scenarios: ${SCENARIOS.map(({ id }) => id).join(', ')}; options: ${options}.`,
    )
  }
}

function number(name: string, value: string | boolean): number {
  const read = Number(value)
  if (Number.isInteger(read) && read >= 0) return read
  throw new Problem(`--${name} is "${value}"; a whole number is needed. Nothing was run.`)
}

/** Given sizes that this scenario knows; the others are for other scenarios. */
function sizesOf({ full }: Scenario, sizes: Sizes): Sizes {
  return Object.fromEntries(Object.entries(sizes).filter(([name]) => name in full))
}

function inWords(sizes: Sizes): string {
  const words = Object.entries(sizes).map(([name, size]) => `${size.toLocaleString('en')} ${name}`)
  return words.join(', ')
}

function lines({ figures, counts, notes, ok, seconds }: Report): string {
  return [
    ...figures.map(
      ({ name, value, limit, ok: held }) => `    ${held ? 'ok    ' : 'BROKEN'}  ${name}: ${value} (${limit})`,
    ),
    ...Object.entries(counts).map(([name, value]) => `            ${name}: ${value}`),
    ...notes.map((note) => `            ${note}`),
    `    ${ok ? 'held' : 'BROKEN'} in ${seconds} s`,
  ].join('\n')
}

function stopOnSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.once(name as NodeJS.Signals, () => void closeStages().finally(() => process.exit(1)))
  }
}
