import { migrate } from '../../../scripts/lib/database/migrations'
import { startScratchServer } from '../../../scripts/lib/database/scratch-database'
import { createShortLivedFolder } from '../../support/database/short-lived-folder'
import type { OpenServer } from './stage'

/** A PostgreSQL server for one run alone, migrated. It may be restarted, and then keeps what was committed. */
export const ownServer: OpenServer = async () => {
  const server = await startScratchServer({ survivesCrashes: true, dataDir: createShortLivedFolder() })
  await server.ensureDatabase('chaos')
  const url = server.urlOf('chaos')
  await migrate(url)
  return { url, restart: server.restart, close: server.stop }
}
