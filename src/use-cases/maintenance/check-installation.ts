import type { Sql } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { differingParts } from '@/domain/installation'
import { differsText, rotationText, unopenedText } from '@/domain/installation-text'
import { fingerprintOf } from '@/lib/encryption'
import { installationOf, loadInstallations, loadUnopened, type PresentInstallation } from './installation-facts'

/**
 * Refuses a process that is not of the database's installation: with another encryption key, mode or public address. Of
 * a database that does not know its installation yet it asks only that the key opens what is sealed there. Reads any
 * state of the database, an empty one included, and writes nothing.
 * @throws {DomainError} conflict, with each difference and what puts it right
 */
export async function checkInstallation(sql: Sql, present: PresentInstallation): Promise<void> {
  const [stored] = await loadInstallations(sql)
  const here = installationOf(present)
  if (stored && (present.formerKeys ?? []).some((key) => fingerprintOf(key) === stored.keyFingerprint)) {
    throw new DomainError('conflict', rotationText)
  }
  if (stored && differingParts(stored, here).length > 0) throw new DomainError('conflict', differsText(stored, here))
  if (stored) return
  const unopened = await loadUnopened(sql, present.encryptionKey)
  if (unopened.mailboxes.length + unopened.leadSources.length > 0) {
    throw new DomainError('conflict', unopenedText(unopened, present.encryptionKey !== null))
  }
}
