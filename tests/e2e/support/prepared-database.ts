import { rmSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { openDatabase } from '../../../scripts/lib/database/database'
import { migrate } from '../../../scripts/lib/database/migrations'
import { readAccess, saveAccess } from '../../../scripts/lib/database/postgres-cluster'
import { freePort } from '../../../scripts/lib/ports'
import { createShortLivedFolder } from '../../support/database/short-lived-folder'

/** The variable with the data folder that installations begin with. */
const PREPARED = 'TEST_PREPARED_DATABASE'

/** Makes a migrated database that nobody has used; answers how it is removed. */
export async function prepareDatabase(): Promise<() => void> {
  const dataDir = createShortLivedFolder()
  const database = await openDatabase({ databaseUrl: undefined, dataDir, log: () => undefined })
  try {
    await migrate(database.directUrl)
  } finally {
    await database.stop()
  }
  process.env[PREPARED] = dataDir
  return () => rmSync(dataDir, { recursive: true, force: true })
}

/**
 * A data folder that holds a copy of it, as the first start would have made it: to create and to migrate a database is tested
 * elsewhere, and takes a second and a half of a processor.
 */
export async function createDataFolder(): Promise<string> {
  const dataDir = createShortLivedFolder()
  const prepared = process.env[PREPARED]
  if (!prepared) throw new Error('No database was prepared for installations')
  await cp(prepared, dataDir, { recursive: true })
  const access = readAccess(dataDir)
  if (!access) throw new Error('The prepared database has no password')
  // Copies that start at once must not ask for the same port.
  saveAccess(dataDir, { ...access, port: await freePort() })
  return dataDir
}
