import { createDatabase } from '../../../src/db/client'
import type { SqlPool } from '../../../src/db/sql'
import { DomainError } from '../../../src/domain/errors'
import { checkInstallation } from '../../../src/use-cases/maintenance/check-installation'
import { storeInstallation } from '../../../src/use-cases/maintenance/store-installation'
import { MIGRATIONS_DIR, migrate } from '../database/migrations'
import { Problem } from '../problem'
import { runningHolder } from './lock'
import { loadSecrets, readSecrets, type Secrets } from './secrets'
import type { AppOptions } from './start-app'

type Present = Parameters<typeof checkInstallation>[1]

/** Calls `work` with the database's door; what the product refuses becomes a Problem. */
export async function withSql<T>(url: string, work: (sql: SqlPool) => Promise<T>): Promise<T> {
  const database = createDatabase(url, { connections: 1 })
  return refusalsAsProblems(() => work(database.sql)).finally(database.close)
}

/** Calls `work`; what the product refuses becomes a Problem. */
export async function refusalsAsProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DomainError ? new Problem(error.message, { cause: error }) : error
  }
}

/** Throws a Problem, and changes nothing, when the database is another installation's than this. */
export const requireInstallation = (url: string, present: Present): Promise<void> =>
  withSql(url, (sql) => checkInstallation(sql, present))

/** Address that people use. */
export const addressOf = ({ appUrl, port }: Pick<AppOptions, 'appUrl' | 'port'>) => appUrl ?? `http://localhost:${port}`

/** What this process would work with. Without a key, given or kept, it has none yet: none is made. */
export function presentOf(options: Omit<AppOptions, 'mode'>): Present {
  const { dataDir, smtpUrl } = options
  const kept = options.encryptionKey ? undefined : readSecrets(dataDir)
  const encryptionKey = options.encryptionKey ?? kept?.encryptionKey ?? null
  const formerKeys = [...(options.formerEncryptionKeys ?? []), ...(kept?.formerEncryptionKeys ?? [])]
  return { encryptionKey, formerKeys, sandbox: !smtpUrl, appUrl: addressOf(options) }
}

/** The same of the environment here; what that leaves out, the app that is running in this folder knows. */
export function presentHere(settings: Omit<AppOptions, 'mode'>): Present {
  const holder = runningHolder(settings.dataDir)
  const present = presentOf({ ...settings, appUrl: settings.appUrl ?? holder?.url })
  return { ...present, sandbox: isSandboxHere(settings) }
}

/** Whether the mailbox of SMTP_URL keeps its email on this machine, here or in the app that is running in this folder. */
export function isSandboxHere({ dataDir, smtpUrl }: Pick<AppOptions, 'dataDir' | 'smtpUrl'>): boolean {
  const holder = runningHolder(dataDir)
  return !smtpUrl && (holder?.url === undefined || holder.sandboxUrl !== undefined)
}

/**
 * Migrates the database and makes it this installation's own, or joins it again, and returns the keys: those given, else
 * those kept in the data folder, which are made at the very first start. Throws a Problem, and has changed nothing, when
 * it is another installation's.
 */
export async function joinInstallation(
  url: string,
  options: AppOptions,
  log: (line: string) => void,
): Promise<Secrets> {
  await requireInstallation(url, presentOf(options))
  const applied = await migrate(url, MIGRATIONS_DIR, { log, abort: options.abort })
  if (applied.length > 0) log(`database migrated: ${applied.join(', ')}`)
  const secrets = secretsOf(options)
  const { encryptionKey } = secrets
  await withSql(url, (sql) => storeInstallation(sql, { ...presentOf(options), encryptionKey }, new Date()))
  return secrets
}

/** The keys that were given, completed by those of the data folder, made there if need be. */
export function secretsOf({ dataDir, authSecret, encryptionKey }: Omit<AppOptions, 'mode'>): Secrets {
  if (authSecret && encryptionKey) return { authSecret, encryptionKey }
  const kept = loadSecrets(dataDir)
  return { authSecret: authSecret ?? kept.authSecret, encryptionKey: encryptionKey ?? kept.encryptionKey }
}
