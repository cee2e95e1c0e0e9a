import { insertInstallationIf } from '@/db/queries/maintenance/select-installation'
import type { Sql } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { fingerprintOf } from '@/lib/encryption'
import { checkInstallation } from './check-installation'
import { hasTables, installationOf, type PresentInstallation } from './installation-facts'

/**
 * Joins the process to the database's installation, which is this process's own when it is the first; of two first
 * ones at the same moment one is refused.
 * @throws {DomainError} conflict when it differs, or when the database is not migrated
 */
export async function storeInstallation(
  sql: Sql,
  { encryptionKey, ...rest }: PresentInstallation & { encryptionKey: string },
  at: Date,
): Promise<void> {
  const present = { encryptionKey, ...rest }
  if (!(await hasTables(sql, 'installations'))) {
    throw new DomainError(
      'conflict',
      'The database has not been migrated to this version. Nothing was started or changed. Run "npm run db:migrate" ' +
        'with the same DATABASE_URL, then start again.',
    )
  }
  await checkInstallation(sql, present)
  const { live, publicAddress } = installationOf(present)
  const keyFingerprint = fingerprintOf(encryptionKey)
  const first = { version: 1, keyFingerprint, live, publicAddress, acceptedAt: at, reason: 'First start' }
  await insertInstallationIf(sql, first)
  // Another process may have been first since it was asked above.
  await checkInstallation(sql, present)
}
