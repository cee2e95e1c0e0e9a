import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { signal } from './processes'

export type Tally = { passed: number; failed: number; skipped: number }

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests?: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

/** All tests but those in a browser. */
export function runVitest(): Promise<Tally> {
  const report = 'test-results/vitest.json'
  const shown = ['--reporter=default', '--reporter=./tests/support/runs/stuck-files.ts']
  const reporters = [...shown, '--reporter=json', `--outputFile.json=${report}`]
  return run('Vitest', ['node_modules/vitest/vitest.mjs', 'run', ...reporters], {}, report, (json) => {
    const found = json as VitestReport
    // A file that could not even be loaded has no failed test, but did not pass.
    const unloaded = found.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
    )
    return {
      passed: found.numPassedTests,
      failed: found.numFailedTests + unloaded.length,
      skipped: found.numPendingTests + (found.numTodoTests ?? 0),
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
  return run('Playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report }, report, (json) => {
    const { stats, errors } = json as PlaywrightReport
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
  })
}

async function run(
  name: string,
  args: string[],
  env: Record<string, string>,
  report: string,
  read: (report: unknown) => Tally,
): Promise<Tally> {
  mkdirSync(dirname(report), { recursive: true })
  rmSync(report, { force: true })
  const code = await runNode(args, env)
  const crashed = (why: string): Tally => {
    console.error(`${name} ${why}: counted as a failure.`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  if (!existsSync(report)) return crashed(`ended with code ${code} and left no report`)
  const tally = read(JSON.parse(readFileSync(report, 'utf8')))
  if (code === 0 || tally.failed > 0) return tally
  return { ...tally, failed: crashed(`ended with code ${code} although no test failed`).failed }
}

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
