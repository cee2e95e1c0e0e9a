import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signal } from '../processes'
import { startEmbeddedPostgres } from './embedded-postgres'

/** Settings for databases that may be lost in a power cut: nothing waits for the disk, and little is kept of the log. */
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '256MB',
  max_connections: '300',
}

// Committed data has left the server's memory, so a server that is killed loses nothing of it. Only the machine may not
// fail.
const SURVIVING = { ...CARELESS, synchronous_commit: 'on', full_page_writes: 'on' }

type Options = { survivesCrashes?: boolean; dataDir?: string }

/** A PostgreSQL server in a folder that is removed when it stops: an empty `dataDir`, or a new one in the temporary folder. */
export async function startScratchServer({ survivesCrashes, dataDir: given }: Options = {}) {
  const dataDir = given ?? (await mkdtemp(join(tmpdir(), 'leadnexconnect-')))
  const settings = survivesCrashes ? SURVIVING : CARELESS
  const start = () => startEmbeddedPostgres({ dataDir, throwaway: true, settings, log: () => undefined })
  let server = await start()
  return {
    urlOf: server.urlOf,
    ensureDatabase: server.ensureDatabase,
    /** Stops it, in order or at once as if it had crashed, and starts it again on the same port. */
    restart: async (how: 'fast' | 'immediate') => {
      if (how === 'immediate') signal(server.pid, 'SIGQUIT')
      else await server.stop()
      await server.ended
      server = await start()
    },
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
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
