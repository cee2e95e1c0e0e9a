import {
  type InstallationRow,
  selectInstallations,
  selectSealedImapPasswords,
  selectSealedKeys,
  selectSealedPasswords,
  selectSealedTokens,
  selectTables,
} from '@/db/queries/maintenance/select-installation'
import type { Sql } from '@/db/sql'
import type { Config } from '@/deps'
import { type Installation, publicAddressOf } from '@/domain/installation'
import type { Unopened } from '@/domain/installation-text'
import { decrypt, fingerprintOf } from '@/lib/encryption'
import { placeOfKey } from '@/use-cases/lead-sources/open-lead-source'
import { placeOfImapPassword, placeOfPassword } from '@/use-cases/mailboxes/get-smtp-account'
import { placeOfTokens } from '@/use-cases/mailboxes/load-oauth-client'

/** What a process would work with; without a key it has none yet. */
export type PresentInstallation = Pick<Config, 'appUrl' | 'sandbox'> & {
  encryptionKey: string | null
  /** Keys that sealed before it, as far as this process knows them. */
  formerKeys?: readonly string[] | undefined
}

/** The installation that a process belongs to. */
export const installationOf = ({ encryptionKey, sandbox, appUrl }: PresentInstallation): Installation => ({
  keyFingerprint: encryptionKey === null ? null : fingerprintOf(encryptionKey),
  live: !sandbox,
  publicAddress: publicAddressOf(appUrl),
})

/** Whether the database has the tables; reads that must not fail on an empty or older one ask first. */
export const hasTables = async (sql: Sql, ...names: string[]): Promise<boolean> =>
  (await selectTables(sql, names)).length === names.length

/** The installations that the database has had, the present one first; empty before the first start of this version. */
export const loadInstallations = async (sql: Sql): Promise<InstallationRow[]> =>
  (await hasTables(sql, 'installations')) ? selectInstallations(sql) : []

/** What is sealed in the database and does not open with this key. */
export async function loadUnopened(sql: Sql, encryptionKey: string | null): Promise<Unopened> {
  if (!(await hasTables(sql, 'mailboxes', 'lead_sources'))) return { mailboxes: [], leadSources: [] }
  const passwords = await selectSealedPasswords(sql)
  const imapPasswords = (await hasTables(sql, 'mailbox_readers')) ? await selectSealedImapPasswords(sql) : []
  const tokens = (await hasTables(sql, 'mailbox_sign_ins')) ? await selectSealedTokens(sql) : []
  const keys = await selectSealedKeys(sql)
  const opens = (sealed: string, place: string) => encryptionKey !== null && canOpen(encryptionKey, sealed, place)
  const closed = [
    ...passwords.filter(({ id, sealed }) => !opens(sealed, placeOfPassword(id))),
    ...imapPasswords.filter(({ id, sealed }) => !opens(sealed, placeOfImapPassword(id))),
    ...tokens.filter(({ id, sealed }) => !opens(sealed, placeOfTokens(id))),
  ]
  return {
    mailboxes: [...new Map(closed.map(({ id, name }) => [id, name])).values()],
    leadSources: keys.flatMap(({ source, sealed }) => (opens(sealed, placeOfKey(source)) ? [] : [source])),
  }
}

/** Whether the key opens what is sealed at a place. */
export function canOpen(key: string, sealed: string, place: string): boolean {
  try {
    decrypt(key, sealed, place)
    return true
  } catch {
    return false
  }
}
