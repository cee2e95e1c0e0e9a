import {
  lockSealedImapPasswords,
  lockSealedKeys,
  lockSealedPasswords,
  lockSealedSecrets,
  lockSealedSourceKeys,
  lockSealedTokens,
  type Sealed,
  writeSealedImapPasswords,
  writeSealedKeys,
  writeSealedPasswords,
  writeSealedSecrets,
  writeSealedSourceKeys,
  writeSealedTokens,
} from '@/db/queries/maintenance/reseal'
import { insertInstallationIf, selectInstallations } from '@/db/queries/maintenance/select-installation'
import { type SqlPool, transaction } from '@/db/sql'
import { DomainError } from '@/domain/errors'
import { decrypt, encrypt, fingerprintOf } from '@/lib/encryption'
import { placeOfKey } from '@/use-cases/lead-sources/open-lead-source'
import { placeOfImapPassword, placeOfPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { placeOfSecret, placeOfTokens } from '@/use-cases/mailboxes/load-oauth-client'
import { CONSENT_KEY_PLACE } from '@/use-cases/suppression/load-consent-key'
import { checkNobodyWorks } from './change-installation'

export type ChangedKey = {
  passwords: number
  sourceKeys: number
  keys: number
  /** What none of the keys opens: it stays as it is, and has to be entered again. */
  unopened: number
}

/**
 * Seals everything anew that is sealed in the database, from whichever of `formerKeys` to `encryptionKey`, and makes that the
 * installation's, in one transaction: afterwards the new key opens all, and before it the former ones do. The key of
 * unsubscribe links is only sealed anew, so that links and hashes stay as they are. Null when it is the installation's already.
 * @throws {DomainError} conflict when a worker is at work, when no key is the installation's, or when another change came first
 */
export async function changeEncryptionKey(
  sql: SqlPool,
  { encryptionKey, formerKeys }: { encryptionKey: string; formerKeys: readonly string[] },
  at: Date,
): Promise<ChangedKey | null> {
  await checkNobodyWorks(sql, at)
  return transaction(sql, async (tx) => {
    const [stored] = await selectInstallations(tx)
    const keyFingerprint = fingerprintOf(encryptionKey)
    if (stored?.keyFingerprint === keyFingerprint) return null
    if (!stored || !formerKeys.some((key) => fingerprintOf(key) === stored.keyFingerprint)) throw noKeyFits()
    const reseal = resealer(encryptionKey, formerKeys)
    const passwords = reseal(await lockSealedPasswords(tx), placeOfPassword)
    const imapPasswords = reseal(await lockSealedImapPasswords(tx), placeOfImapPassword)
    const tokens = reseal(await lockSealedTokens(tx), placeOfTokens)
    const secrets = reseal(await lockSealedSecrets(tx), placeOfSecret)
    const sourceKeys = reseal(await lockSealedSourceKeys(tx), placeOfKey)
    const keys = reseal(await lockSealedKeys(tx), () => CONSENT_KEY_PLACE)
    const changed = {
      passwords:
        (await writeSealedPasswords(tx, passwords.sealed)) +
        (await writeSealedImapPasswords(tx, imapPasswords.sealed)) +
        (await writeSealedTokens(tx, tokens.sealed)) +
        (await writeSealedSecrets(tx, secrets.sealed)),
      sourceKeys: await writeSealedSourceKeys(tx, sourceKeys.sealed),
      keys: await writeSealedKeys(tx, keys.sealed),
      unopened: [passwords, imapPasswords, tokens, secrets, sourceKeys, keys].reduce(
        (sum, { unopened }) => sum + unopened,
        0,
      ),
    }
    const reason = 'Encryption key changed. All that is stored was sealed anew.'
    const row = { ...stored, version: stored.version + 1, keyFingerprint, acceptedAt: at, reason }
    if (await insertInstallationIf(tx, row)) return changed
    throw new DomainError('conflict', 'The installation was changed at the same moment. Nothing was changed here.')
  })
}

function resealer(encryptionKey: string, formerKeys: readonly string[]) {
  return <Id extends string>(rows: readonly Sealed<Id>[], placeOf: (id: Id) => string) => {
    const sealed = rows.flatMap((row) => {
      try {
        const plain = decrypt([encryptionKey, ...formerKeys], row.sealed, placeOf(row.id))
        return [{ id: row.id, sealed: encrypt(encryptionKey, plain, placeOf(row.id)) }]
      } catch {
        return []
      }
    })
    return { sealed, unopened: rows.length - sealed.length }
  }
}

const noKeyFits = () =>
  new DomainError(
    'conflict',
    'None of the keys here is the one that this database is sealed with. Nothing was changed. Set ENCRYPTION_KEY to the new key, ' +
      'and FORMER_ENCRYPTION_KEYS to the present one.',
  )
