import type { Models } from '../../../src/db/client'
import type { SqlPool } from '../../../src/db/sql'
import type { readSettings } from '../app/settings'
import type { DatabaseAddress } from '../database/database-address'

/**
 * What was found: it is right; nobody could say; or it is not, and `fix` is what a person does, where `says` does not say it itself.
 * `hidesRest`: until then, nothing else can be looked at.
 */
export type Finding =
  | { state: 'ok' | 'unknown'; says: string }
  | { state: 'fault'; says: string; fix?: string; hidesRest?: true }

export const ok = (says: string): Finding => ({ state: 'ok', says })
export const unknown = (says: string): Finding => ({ state: 'unknown', says })
export const fault = (says: string, fix?: string, { hidesRest = false } = {}): Finding => ({
  state: 'fault',
  says,
  ...(fix && { fix }),
  ...(hidesRest && { hidesRest }),
})

/** What an examination looks at, and only reads. */
export type Installation = {
  address: DatabaseAddress
  sql: SqlPool
  models: Models
  settings: ReturnType<typeof readSettings>
  /** The mailbox of SMTP_URL keeps its email on this machine. */
  sandbox: boolean
  /** Real time, as the database has it. */
  realNow: Date
}

/** One subject, under whose name its findings are printed. What it throws is a fault. */
export type Examination = { name: string; examine(installation: Installation): Promise<Finding[]> }
