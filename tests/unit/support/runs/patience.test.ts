import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import config from '../../../../vitest.config'

// By default one second: what a busy machine takes for nothing.
it('waits for what is looked at again and again nearly as long as a test may take', () => {
  const projects = config.test?.projects ?? []
  const bounds = projects.map((project) => (project as { test: object }).test)
  expect(bounds.length).toBeGreaterThan(0)
  for (const bound of bounds)
    expect(bound).toMatchObject({ testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 150_000 } } })
})

// A wait of Vitest's own, which lasts a second unless it says more.
const TOO_SHORT = /vi\.wait(?:Until|For)\((?![^;]*timeout: 150_000)/
// The bound of a test or hook, of a poll, and of what waits for a fact.
const BOUNDS = [
  /^ *\}, (\d+_\d+)\)$/gm,
  /\{ timeout: (\d[\d_]*) \}/g,
  /(?:eventually|waitForEnd)\([^\n]*, (\d[\d_]*)\)/g,
]

it('bounds no test and no wait by less than a busy machine may take', () => {
  const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((path) => /\.test\.tsx?$/.test(path))
  expect(files.length).toBeGreaterThan(400)
  const complaints = files.flatMap((path) => {
    const text = readFileSync(join('tests', path), 'utf8')
    const found = BOUNDS.flatMap((bound) => [...text.matchAll(bound)].map(([, ms = '']) => ms.replaceAll('_', '')))
    return [
      ...found.filter((ms) => Number(ms) < 120_000).map((ms) => `${path}: a bound of ${ms} ms`),
      ...(TOO_SHORT.test(text) ? [`${path}: a wait without a bound of its own, which is a second`] : []),
    ]
  })
  expect(complaints).toEqual([])
})
