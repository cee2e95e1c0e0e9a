import type { Config } from '@/deps'
import { DomainError } from '@/domain/errors'
import { decrypt } from '@/lib/encryption'

/** A password that was sealed with another ENCRYPTION_KEY, as in a database that came without its keys. */
export class UnreadablePassword extends DomainError {
  constructor() {
    super('not_ready', 'Its stored password cannot be read with this ENCRYPTION_KEY. Enter the password again.')
  }
}

/**
 * The stored password of a mailbox.
 * @throws {UnreadablePassword}
 */
export function openPassword({ encryptionKey }: Pick<Config, 'encryptionKey'>, sealed: string, place: string): string {
  try {
    return decrypt(encryptionKey, sealed, place)
  } catch {
    throw new UnreadablePassword()
  }
}
