import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failedInPlaywright, failedInVitest, namedFailures } from '../../../scripts/lib/failed-tests'

const FOLDER = 'tests/fixtures/failing-run'

let reports: string
beforeAll(() => {
  reports = mkdtempSync(join(tmpdir(), 'leadnexconnect-failing-'))
})
afterAll(() => rmSync(reports, { recursive: true }))

function runs(...words: string[]) {
  const { status } = spawnSync(process.execPath, words, { env: { ...process.env, REPORTS: reports }, timeout: 120_000 })
  expect(status).toBe(1)
}
const read = (name: string) => JSON.parse(readFileSync(join(reports, name), 'utf8'))

describe('what failed is named at the end', () => {
  it('of a run of Vitest: a test, a file that cannot be loaded, and what no test waited for', () => {
    runs('node_modules/vitest/vitest.mjs', 'run', '--config', `${FOLDER}/vitest.config.ts`)
    const lines = namedFailures(failedInVitest(read('vitest.json')))
    expect(lines).toContain(`FAILED ${FOLDER}/in-node.ts: numbers are equal`)
    expect(lines).toContain('  AssertionError: expected 1 to be 2 // Object.is equality')
    expect(lines).toContain(`FAILED ${FOLDER}/in-vain.ts`)
    expect(lines).toContain('  cannot be loaded')
    expect(lines.filter((line) => line.startsWith('FAILED'))).toHaveLength(2)
    expect(read('vitest-unhandled.json')).toEqual([expect.stringMatching(/^Error: nobody waited for this\n/)])
  })

  it('of a run of Playwright: a test, and what is wrong with the run itself', () => {
    runs('node_modules/playwright/cli.js', 'test', '--config', `${FOLDER}/playwright.config.ts`)
    const report = read('playwright.json')
    const lines = namedFailures(failedInPlaywright(report))
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual(['FAILED browser-steps.ts:4: are equal'])
    expect(lines[1]).toBe('  Error: expect(received).toBe(expected) // Object.is equality')
    const unfit = { ...report, suites: [], errors: [{ message: 'Error: No tests found.' }] }
    expect(namedFailures(failedInPlaywright(unfit))).toEqual([
      'FAILED Playwright, outside of a test',
      '  Error: No tests found.',
    ])
  })
})

describe('the end of a log', () => {
  const error = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')
  const failed = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `test ${index}`, error }))

  it('holds at most 15 lines of a test and 60 of all, and every name while there is room', () => {
    expect(namedFailures([])).toEqual([])
    expect(namedFailures(failed(1))).toHaveLength(15)
    for (const count of [2, 4, 5, 7, 31, 59, 60]) {
      const lines = namedFailures(failed(count))
      expect(lines.length).toBeLessThanOrEqual(60)
      expect(lines.filter((line) => line.startsWith('FAILED'))).toHaveLength(count)
    }
    const lines = namedFailures(failed(100))
    expect(lines).toHaveLength(60)
    expect(lines.at(-1)).toBe('and 41 more')
  })

  it('holds no colours, no empty lines, and the beginning of a line that is a whole page', () => {
    const coloured = { name: 'a', error: `\u001b[31mred\u001b[39m\n\n${'x'.repeat(5_000)}` }
    expect(namedFailures([coloured])).toEqual(['FAILED a', '  red', `  ${'x'.repeat(200)}`])
  })
})
