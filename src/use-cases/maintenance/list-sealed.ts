import {
  selectSealedClientSecrets,
  selectSealedImapPasswords,
  selectSealedKeys,
  selectSealedOwnKeys,
  selectSealedPasswords,
  selectSealedTokens,
} from '@/db/queries/maintenance/select-installation'
import type { Sql } from '@/db/sql'
import { placeOfKey } from '@/use-cases/lead-sources/open-lead-source'
import { placeOfImapPassword, placeOfPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { placeOfSecret, placeOfTokens } from '@/use-cases/mailboxes/load-oauth-client'
import { CONSENT_KEY_PLACE } from '@/use-cases/suppression/load-consent-key'
import { canOpen } from './installation-facts'

/** Something that is sealed in the database, named as people know it, and whether the key opens it. */
export type SealedThing = {
  kind: 'mailbox' | 'lead_source' | 'provider' | 'unsubscribe_links'
  name: string
  opens: boolean
}

/** Everything that is sealed, each once: passwords, tokens, keys, secrets. Says of none what it is. */
export async function listSealed(sql: Sql, encryptionKey: string | null): Promise<SealedThing[]> {
  const opens = (sealed: string, place: string) => encryptionKey !== null && canOpen(encryptionKey, sealed, place)
  const [passwords, imapPasswords, tokens] = [
    await selectSealedPasswords(sql),
    await selectSealedImapPasswords(sql),
    await selectSealedTokens(sql),
  ]
  const ofMailboxes = [
    ...passwords.map((row) => ({ ...row, place: placeOfPassword(row.id) })),
    ...imapPasswords.map((row) => ({ ...row, place: placeOfImapPassword(row.id) })),
    ...tokens.map((row) => ({ ...row, place: placeOfTokens(row.id) })),
  ]
  const mailboxes = Map.groupBy(ofMailboxes, ({ id }) => id)
  return [
    ...(await selectSealedOwnKeys(sql)).map(({ sealed }) => ({
      kind: 'unsubscribe_links' as const,
      name: '',
      opens: opens(sealed, CONSENT_KEY_PLACE),
    })),
    ...[...mailboxes.values()].map((rows) => ({
      kind: 'mailbox' as const,
      name: rows[0]?.name ?? '',
      opens: rows.every(({ sealed, place }) => opens(sealed, place)),
    })),
    ...(await selectSealedKeys(sql)).map(({ source, sealed }) => ({
      kind: 'lead_source' as const,
      name: source,
      opens: opens(sealed, placeOfKey(source)),
    })),
    ...(await selectSealedClientSecrets(sql)).map(({ provider, sealed }) => ({
      kind: 'provider' as const,
      name: provider,
      opens: opens(sealed, placeOfSecret(provider)),
    })),
  ]
}
