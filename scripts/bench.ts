import { parseArgs } from 'node:util'
import { BENCHMARKS } from '../tests/bench/benchmarks'
import { type Aim, type Figure, figure, judged } from '../tests/bench/support/figures'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

// Speed and memory as ratios to limits measured in the same run. With --json, one object a line and nothing else on
// standard output; --scale shrinks the sizes, or has them grow up to tenfold. Figures are printed, never asserted: they depend on the machine as well.
await runScript(async () => {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, scale: { type: 'string', default: '1' } },
    allowPositionals: true,
  })
  const scale = Number(values.scale)
  if (!(scale > 0 && scale <= 10))
    throw new Problem('--scale takes a number above 0 and up to 10. Nothing was measured.')
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)
  const unknown = names.find((name) => !BENCHMARKS[name])
  if (unknown) {
    throw new Problem(
      `There is no benchmark "${unknown}"; there are ${Object.keys(BENCHMARKS).join(', ')}. Nothing was measured.`,
    )
  }
  for (const name of names) {
    console.error(`${name} ...`)
    await BENCHMARKS[name]?.({
      scale,
      note: (line) => console.error(`  ${line}`),
      report: (figures, aim) => print(figure(figures), aim, values.json === true),
    })
  }
  // Handles that a database or a child left open must not keep the command from ending.
  process.exit(0)
})

function print(measured: Figure, aim: Aim | undefined, json: boolean): void {
  if (json) console.log(JSON.stringify(measured))
  const compared = measured.limit === null ? '' : `, limit ${measured.limit}, ratio ${measured.ratio}`
  const line = `${measured.name.padEnd(22)} ${measured.value} ${measured.unit}${compared}`
  const verdict = judged(measured, aim)
  const words = verdict ? `${line}   (${verdict})` : line
  if (json) console.error(`  ${words}`)
  else console.log(words)
}
