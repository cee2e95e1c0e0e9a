import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../../scripts/lib/database/embedded-postgres'
import { migrate } from '../../../scripts/lib/database/migrations'

const DATABASE = 'bench'

/**
 * A migrated database on a server of its own with the settings of an installation: every commit waits for the disk.
 * Removed when it stops.
 */
export async function openBenchDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadnexconnect-bench-'))
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  await server.ensureDatabase(DATABASE)
  const url = server.urlOf(DATABASE)
  await migrate(url)
  const close = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { url, close }
}
