import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { test as base } from 'playwright/test'
import { BUNDLED } from '../../../scripts/lib/app/node-args'
import { type RunningApp, startApp } from '../../../scripts/lib/app/start-app'
import { createOutput } from '../../../scripts/lib/output'
import { freePort } from '../../../scripts/lib/ports'
import { SAMPLE_KEY, SampleSources } from '../../../src/lead-sources/sample/sample-server'
import { startNameServer, type Zone } from '../../support/servers/name-server'
import { type Database, openDatabase } from './database'
import { createDataFolder } from './prepared-database'

/** Options of a file: files with different ones run on different installations, each with an empty database. */
export type Installation = {
  /** Also the name of its log in `test-results/`. */
  name: string
  /** Simulated time; a speed of 1 is slow enough for everything to stay where it is. */
  clock: { start: string; speed: number }
  /** What its name server knows; absent: no name at all. */
  names?: Zone
  /** Further variables of its environment. */
  env?: Record<string, string>
}

type Names = Awaited<ReturnType<typeof startNameServer>>
type Parts = { installation: Installation; sources: SampleSources; names: Names; app: RunningApp; database: Database }

/** Variables that `npm start -- --sample-sources` would set. */
const sampleEnv = ({ baseUrls }: SampleSources) => ({
  SAMPLE_SOURCES: 'true',
  APOLLO_BASE_URL: baseUrls.apollo,
  GOOGLE_PLACES_BASE_URL: baseUrls.google_places,
  HUNTER_BASE_URL: baseUrls.hunter,
  APOLLO_API_KEY: SAMPLE_KEY,
  GOOGLE_PLACES_API_KEY: SAMPLE_KEY,
  HUNTER_API_KEY: SAMPLE_KEY,
})

/** Tests on a whole installation of their own: embedded PostgreSQL, worker, web, sandbox inbox and sample sources. */
export const test = base.extend<object, Parts>({
  installation: [
    { name: 'app', clock: { start: '2026-03-02T08:00:00Z', speed: 1 } },
    { scope: 'worker', option: true },
  ],
  sources: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture asks for
    async ({}, use) => {
      const sources = await SampleSources.start()
      await use(sources)
      await sources.close()
    },
    { scope: 'worker' },
  ],
  names: [
    async ({ installation: { names = {} } }, use) => {
      const server = await startNameServer(names)
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],
  app: [
    async ({ installation: { name, clock, env }, sources, names }, use) => {
      await mkdir('test-results', { recursive: true })
      const log = createWriteStream(`test-results/${name}.log`) as unknown as NodeJS.WriteStream
      const dataDir = await createDataFolder()
      const app = await startApp({
        dataDir,
        port: await freePort(),
        clock,
        // Bundled once, before the first test.
        args: BUNDLED,
        output: createOutput(log),
        env: {
          LOG_LEVEL: 'warn',
          ALLOW_PRIVATE_MAIL_HOSTS: 'true',
          DNS_SERVERS: names.server,
          ...sampleEnv(sources),
          ...env,
        },
      })
      await use(app)
      await app.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  database: [
    async ({ app }, use) => {
      const database = await openDatabase(app.databaseUrl)
      await use(database)
      await database.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ app }, use) => use(app.url),
})

export { expect } from 'playwright/test'
