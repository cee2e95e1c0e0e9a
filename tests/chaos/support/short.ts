import { expect, it } from 'vitest'
import { createTestDatabase } from '../../support/database/test-database'
import { ownServer } from './databases/places'
import { runScenario, type Scenario } from './scenario'
import type { OpenServer } from './stage'

// Always the same choices: a test that fails once fails again.
const SEED = 1

const server: OpenServer = async (needs) => {
  if (needs.ownServer) return ownServer(needs)
  const { url, drop } = await createTestDatabase()
  return { url, close: drop }
}

/** The short version of each scenario as a test: the same run, smaller. */
export function testInShort(scenarios: readonly Scenario[]): void {
  for (const scenario of scenarios) {
    it(`${scenario.id}: ${scenario.title}`, { timeout: 300_000 }, async () => {
      const { figures } = await runScenario(scenario, { seed: SEED, sizes: scenario.short, server, web: 'routes' })
      expect(figures.filter(({ ok }) => !ok)).toEqual([])
    })
  }
}
