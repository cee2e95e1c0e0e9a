import { readAccess, urlOf } from '../database/postgres-cluster'
import { runningHolder } from './lock'

/** The embedded database of the app that is running in this data folder, if it is and has one. */
export function runningDatabase(dataDir: string): string | undefined {
  const access = runningHolder(dataDir)?.embedded ? readAccess(dataDir) : undefined
  return access && urlOf(access, 'leadnexconnect')
}
