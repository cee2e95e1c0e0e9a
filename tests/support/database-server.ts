import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../scripts/lib/embedded-postgres'
import { migrate } from '../../scripts/lib/migrations'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string
  }
}

/** The database every test database is a copy of. */
export const TEMPLATE = 'leadnexconnect_template'

/** One PostgreSQL for the whole run, migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'leadnexconnect-test-'))
  const server = await startEmbeddedPostgres({
    dataDir,
    throwaway: true,
    // Nobody will miss these databases, so nothing waits for the disk.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
    log: () => undefined,
  })
  await server.ensureDatabase(TEMPLATE)
  await migrate(server.urlOf(TEMPLATE))
  project.provide('databaseServer', server.urlOf('postgres'))
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
