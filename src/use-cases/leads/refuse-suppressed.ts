import { selectSuppressedAddresses } from '@/db/queries/suppression/select-suppressed-addresses'
import type { Sql } from '@/db/sql'
import type { Config } from '@/deps'
import { DomainError } from '@/domain/errors'
import { suppressionInWords } from '@/domain/lead/suppression'
import { hashedAddress } from '@/lib/encryption'

/** Refuses an address that must not be emailed. @throws {DomainError} conflict */
export async function refuseSuppressed(
  connection: Sql,
  { consentKey }: Pick<Config, 'consentKey'>,
  email: string,
  untouched: string,
): Promise<void> {
  const [entry] = await selectSuppressedAddresses(connection, [hashedAddress(consentKey, email)])
  if (!entry) return
  throw new DomainError(
    'conflict',
    `"${email}" is on the suppression list (${suppressionInWords(entry)}). ${untouched} Remove the entry under Settings, Suppression if it is wrong.`,
    { email, kind: entry.kind, value: entry.value, reason: entry.reason },
  )
}
