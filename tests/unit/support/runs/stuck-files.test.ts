import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

it('ends a file whose process never comes back, and says where it is', () => {
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/fixtures/stuck-run/vitest.config.ts']
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 120_000 })
  expect(stderr).toMatch(/never-ends\.ts has not ended within 10 seconds/)
  expect(stderr).toMatch(/at waitForEver \S+never-ends\.ts:\d+/)
  expect(status).toBe(1)
})
