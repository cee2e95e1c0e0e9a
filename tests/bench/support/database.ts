import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../../scripts/lib/database/embedded-postgres'
import { migrate } from '../../../scripts/lib/database/migrations'

const DATABASE = 'bench'

/** What fills a database; `version` is another one once it is filled otherwise. */
type Filling = { version: string; fill(url: string): Promise<void> }

/**
 * A database that is filled once and kept in this folder for later runs. One that was left half filled or was filled otherwise, or
 * whose migrations are not the present ones, is filled anew.
 */
export async function openKeptDatabase(folder: string, { version, fill }: Filling) {
  const done = join(folder, 'filled')
  const isFilled = existsSync(done) && readFileSync(done, 'utf8') === version
  if (!isFilled) await rm(folder, { recursive: true, force: true })
  let server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined })
  const isCurrent = await migrate(server.urlOf(DATABASE)).then(
    () => true,
    () => false,
  )
  if (!isCurrent || !isFilled) {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
    server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined })
    await server.ensureDatabase(DATABASE)
    await migrate(server.urlOf(DATABASE))
    await fill(server.urlOf(DATABASE))
    await writeFile(done, version)
  }
  return { url: server.urlOf(DATABASE), close: server.stop }
}

type Open = () => Promise<{ url: string; close(): Promise<void> }>

/**
 * A migrated database on a server of its own with the settings of an installation: every commit waits for the disk.
 * Removed when it stops.
 */
const openOwn: Open = async () => {
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

let open = openOwn

/** Lets benchmarks have their databases from elsewhere: where it is only shown that they measure, a server each is the most of it. */
export function openBenchDatabasesBy(other: Open): void {
  open = other
}

/** The database of a benchmark, gone when it is closed. */
export const openBenchDatabase: Open = () => open()
