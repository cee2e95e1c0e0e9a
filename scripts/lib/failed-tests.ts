import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** A test that failed, or whatever else made a run fail: the file and the title, and what was said of it. */
export type FailedTest = { name: string; error: string }

const LINES_OF_ONE = 15
const LINES_OF_ALL = 60
// A line of an error can be a whole page.
const LENGTH = 200

/** The parts of Vitest's JSON report that are read here. */
export type VitestReport = {
  numPassedTests: number
  numPendingTests: number
  numTodoTests?: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

/** The parts of Playwright's JSON report that are read here. */
export type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
  errors: { message?: string }[]
}
type PlaywrightSuite = {
  specs: {
    title: string
    file: string
    line: number
    tests: { status: string; results: { errors: { message: string }[] }[] }[]
  }[]
  suites?: PlaywrightSuite[]
}

/** What failed of a run of Vitest. A file that could not even be loaded has no failed test, but did not pass: it counts as one. */
export function failedInVitest({ testResults }: VitestReport): FailedTest[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name)
    const failed = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => ({ name: `${file}: ${fullName}`, error: failureMessages.join('\n') }))
    return failed.length === 0 && status === 'failed' ? [{ name: file, error: message }] : failed
  })
}

/** What failed of a run of Playwright, with the errors that belong to no test. */
export function failedInPlaywright({ suites, errors }: PlaywrightReport): FailedTest[] {
  const ofSuite = (suite: PlaywrightSuite): FailedTest[] => [
    ...suite.specs.flatMap(({ title, file, line, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ results }) => ({
          name: `${file}:${line}: ${title}`,
          error: (results.at(-1)?.errors ?? []).map(({ message }) => message).join('\n'),
        })),
    ),
    ...(suite.suites ?? []).flatMap(ofSuite),
  ]
  return [
    ...suites.flatMap(ofSuite),
    ...errors.map(({ message }) => ({ name: 'Playwright, outside of a test', error: message ?? 'No word on why.' })),
  ]
}

/**
 * The names of all that failed with the first lines of their errors, short enough for the end of a log: at most 15 lines each and 60
 * in all. The more failed, the less is said of each; beyond 59 the rest is counted.
 */
export function namedFailures(failed: readonly FailedTest[]): string[] {
  const named = failed.length > LINES_OF_ALL ? failed.slice(0, LINES_OF_ALL - 1) : failed
  const each = Math.min(LINES_OF_ONE, Math.floor(LINES_OF_ALL / named.length))
  const lines = named.flatMap(({ name, error }) => [
    `FAILED ${name}`,
    ...stripVTControlCharacters(error)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(0, each - 1)
      .map((line) => `  ${line.slice(0, LENGTH)}`),
  ])
  return named.length < failed.length ? [...lines, `and ${failed.length - named.length} more`] : lines
}
