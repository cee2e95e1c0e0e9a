import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../../../scripts/lib/database/migrations'
import { startScratchServer } from '../../../../scripts/lib/database/scratch-database'
import { superviseEmbeddedPostgres } from '../../../../scripts/lib/database/supervised-postgres'
import { createShortLivedFolder } from '../../../support/database/short-lived-folder'
import type { OpenServer } from '../stage'

/** A PostgreSQL server for one run alone, migrated. It may be restarted, and then keeps what was committed. */
export const ownServer: OpenServer = async () => {
  const server = await startScratchServer({ survivesCrashes: true, dataDir: createShortLivedFolder() })
  await server.ensureDatabase('chaos')
  const url = server.urlOf('chaos')
  await migrate(url)
  return { url, restart: server.restart, close: server.stop }
}

export type SupervisedServer = {
  url: string
  /** kill -9 of the server, not of its sessions. */
  kill(): void
  /** How often it was brought back. */
  returns(): number
  stop(): Promise<void>
}

/** The same under its supervisor and with the settings of `npm start`, in a temporary folder. */
export async function openSupervisedServer(): Promise<SupervisedServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadnexconnect-'))
  let returns = 0
  const log = (line: string) => {
    if (line === 'runs again') returns++
  }
  const server = await superviseEmbeddedPostgres({ dataDir, log })
  await server.ensureDatabase('chaos')
  const url = server.urlOf('chaos')
  await migrate(url)
  return {
    url,
    kill: () => void process.kill(server.pid, 'SIGKILL'),
    returns: () => returns,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
