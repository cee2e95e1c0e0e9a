import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  type FailedTest,
  failedInPlaywright,
  failedInVitest,
  type PlaywrightReport,
  type VitestReport,
} from './failed-tests'
import { signal } from './processes'

/** What came of a run: how many passed and were skipped, and which failed. */
export type Tally = { passed: number; skipped: number; failed: FailedTest[] }

/** All tests but those in a browser. */
export function runVitest(): Promise<Tally> {
  const report = 'test-results/vitest.json'
  const unhandled = 'test-results/vitest-unhandled.json'
  const own = ['stuck-files', 'unhandled-errors'].map((name) => `--reporter=./tests/support/runs/${name}.ts`)
  const reporters = ['--reporter=default', ...own, '--reporter=json', `--outputFile.json=${report}`]
  return run('Vitest', ['node_modules/vitest/vitest.mjs', 'run', ...reporters], {}, [report, unhandled], () => {
    const found = read<VitestReport>(report)
    const outside = read<string[]>(unhandled).map((error) => ({ name: 'Vitest, outside of a test', error }))
    return {
      passed: found.numPassedTests,
      skipped: found.numPendingTests + (found.numTodoTests ?? 0),
      failed: [...failedInVitest(found), ...outside],
    }
  })
}

/** The model-based test alone, for as long as it takes, with sizes and seed from `env`; answers its exit code. */
export const runModel = (env: Record<string, string>): Promise<number> =>
  runNode(['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', 'tests/model'], env)

/** The tests in a browser, on whole installations. */
export function runPlaywright(): Promise<Tally> {
  const report = 'test-results/playwright.json'
  const args = ['node_modules/playwright/cli.js', 'test', '--reporter=list,json']
  return run('Playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report }, [report], () => {
    const found = read<PlaywrightReport>(report)
    const { expected, flaky, skipped } = found.stats
    return { passed: expected + flaky, skipped, failed: failedInPlaywright(found) }
  })
}

async function run(
  name: string,
  args: string[],
  env: Record<string, string>,
  reports: string[],
  tallyOf: () => Tally,
): Promise<Tally> {
  for (const report of reports) {
    mkdirSync(dirname(report), { recursive: true })
    rmSync(report, { force: true })
  }
  const code = await runNode(args, env)
  const crashed = (why: string): FailedTest => {
    console.error(`${name} ${why}: counted as a failure.`)
    return { name, error: why }
  }
  const missing = reports.some((report) => !existsSync(report))
  if (missing) return { passed: 0, skipped: 0, failed: [crashed(`ended with code ${code} and left no report`)] }
  const tally = tallyOf()
  if (code === 0 || tally.failed.length > 0) return tally
  return { ...tally, failed: [crashed(`ended with code ${code} although no test failed`)] }
}

const read = <Report>(report: string): Report => JSON.parse(readFileSync(report, 'utf8'))

/** Runs to its end with our output; Ctrl-C and SIGTERM end it and everything it started. */
function runNode(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    })
    let asked = false
    const end = () => {
      if (!asked && child.pid) signal(-child.pid, 'SIGINT')
      asked = true
    }
    const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    for (const name of names) process.on(name, end)
    child.once('error', reject)
    child.once('exit', (code) => {
      for (const name of names) process.removeListener(name, end)
      if (asked) process.exit(1)
      resolve(code ?? 1)
    })
  })
}
