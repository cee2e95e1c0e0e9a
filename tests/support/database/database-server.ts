import type { TestProject } from 'vitest/node'
import { migrate } from '../../../scripts/lib/database/migrations'
import { startScratchServer } from '../../../scripts/lib/database/scratch-database'
import { createShortLivedFolder } from './short-lived-folder'

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string
  }
}

/** The database every test database is a copy of. */
export const TEMPLATE = 'leadnexconnect_template'

/** One PostgreSQL for the whole run, migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startScratchServer({ dataDir: createShortLivedFolder() })
  try {
    await server.ensureDatabase(TEMPLATE)
    await migrate(server.urlOf(TEMPLATE))
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('databaseServer', server.urlOf('postgres'))
  return server.stop
}
