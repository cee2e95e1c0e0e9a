import { execute, query, type Tx } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'

/** A sealed text of one row, to be replaced by another that says the same. */
export type Sealed<Id extends string = string> = { id: Id; sealed: string }

/** The passwords of mailboxes, sealed. Their rows are locked: nobody saves another meanwhile. */
export const lockSealedPasswords = (tx: Tx) =>
  query<Sealed>(tx)`
  SELECT id, smtp_password_encrypted AS sealed FROM mailboxes
  WHERE smtp_password_encrypted IS NOT NULL ORDER BY id FOR UPDATE`

/** The passwords of the mailboxes' ways in, sealed; `id` is the mailbox. */
export const lockSealedImapPasswords = (tx: Tx) =>
  query<Sealed>(tx)`
  SELECT mailbox_id AS id, imap_password_encrypted AS sealed FROM mailbox_readers
  WHERE imap_password_encrypted IS NOT NULL ORDER BY mailbox_id FOR UPDATE`

/** The tokens of mailboxes that signed in at their provider, sealed; `id` is the mailbox. */
export const lockSealedTokens = (tx: Tx) =>
  query<Sealed>(tx)`
  SELECT mailbox_id AS id, tokens_encrypted AS sealed FROM mailbox_sign_ins ORDER BY mailbox_id FOR UPDATE`

/** The secrets with which the installation is known to providers, sealed; `id` is the provider. */
export const lockSealedSecrets = (tx: Tx) =>
  query<Sealed>(tx)`
  SELECT provider AS id, secret_encrypted AS sealed FROM oauth_clients
  WHERE secret_encrypted IS NOT NULL ORDER BY provider FOR UPDATE`

/** The keys of lead sources, sealed; `id` is the source. */
export const lockSealedSourceKeys = (tx: Tx) =>
  query<Sealed<LeadSourceName>>(tx)`
  SELECT source AS id, api_key_encrypted AS sealed FROM lead_sources
  WHERE api_key_encrypted IS NOT NULL ORDER BY source FOR UPDATE`

/** The keys that are kept sealed, those that were set aside included; `id` is the name. */
export const lockSealedKeys = (tx: Tx) =>
  query<Sealed>(tx)`SELECT name AS id, sealed FROM sealed_keys ORDER BY name FOR UPDATE`

const idsAndTexts = (rows: readonly Sealed[]) => [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed)] as const

export function writeSealedPasswords(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE mailboxes m SET smtp_password_encrypted = r.sealed
  FROM unnest(${ids}::uuid[], ${texts}::text[]) AS r(id, sealed) WHERE m.id = r.id`
}

export function writeSealedImapPasswords(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE mailbox_readers m SET imap_password_encrypted = r.sealed
  FROM unnest(${ids}::uuid[], ${texts}::text[]) AS r(id, sealed) WHERE m.mailbox_id = r.id`
}

export function writeSealedTokens(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE mailbox_sign_ins m SET tokens_encrypted = r.sealed
  FROM unnest(${ids}::uuid[], ${texts}::text[]) AS r(id, sealed) WHERE m.mailbox_id = r.id`
}

export function writeSealedSecrets(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE oauth_clients c SET secret_encrypted = r.sealed
  FROM unnest(${ids}::text[], ${texts}::text[]) AS r(id, sealed) WHERE c.provider = r.id`
}

export function writeSealedSourceKeys(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE lead_sources s SET api_key_encrypted = r.sealed
  FROM unnest(${ids}::text[], ${texts}::text[]) AS r(id, sealed) WHERE s.source = r.id`
}

export function writeSealedKeys(tx: Tx, rows: readonly Sealed[]): Promise<number> {
  const [ids, texts] = idsAndTexts(rows)
  return execute(tx)`
  UPDATE sealed_keys k SET sealed = r.sealed
  FROM unnest(${ids}::text[], ${texts}::text[]) AS r(id, sealed) WHERE k.name = r.id`
}
