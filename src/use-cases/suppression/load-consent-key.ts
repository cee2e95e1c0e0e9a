import { claimConsentKey } from '@/db/queries/suppression/claim-consent-key'
import type { SqlPool } from '@/db/sql'
import { decrypt, deriveConsentKey, encrypt } from '@/lib/encryption'

/** Where the key is stored, bound into its encryption; also of one that was set aside. */
export const CONSENT_KEY_PLACE = 'sealed_keys/consent/sealed'

/**
 * The installation's consent key, made at its first start and the same ever after. It is derived then, so that links sent
 * before it was kept go on working; sealed, so that a stolen database tells nobody whose hash is whose.
 * @throws when it was sealed with another encryption key
 */
export async function loadConsentKey(sql: SqlPool, encryptionKey: string, at: Date): Promise<string> {
  const sealed = await claimConsentKey(sql, {
    sealed: encrypt(encryptionKey, deriveConsentKey(encryptionKey), CONSENT_KEY_PLACE),
    at,
  })
  try {
    return decrypt(encryptionKey, sealed, CONSENT_KEY_PLACE)
  } catch {
    throw new Error(
      'ENCRYPTION_KEY is not the one that this database was set up with: the key of its unsubscribe links cannot be opened. Nothing was changed. Start with the former ENCRYPTION_KEY.',
    )
  }
}
