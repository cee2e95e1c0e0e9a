import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from './embedded-postgres'

/** Settings for databases nobody misses after a power cut: nothing waits for the disk. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** A PostgreSQL server in a temporary folder, removed when it stops. */
export async function startScratchServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadnexconnect-'))
  const server = await startEmbeddedPostgres({ dataDir, throwaway: true, settings: CARELESS, log: () => undefined })
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...server, stop }
}

/** Calls `work` with an empty database on a server of its own, which is gone afterwards. */
export async function withScratchDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = await startScratchServer()
  try {
    await server.ensureDatabase('scratch')
    return await work(server.urlOf('scratch'))
  } finally {
    await server.stop()
  }
}
