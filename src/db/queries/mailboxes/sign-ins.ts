import { execute, executeIf, queryOne, type Sql, type Tx } from '@/db/sql'
import type { OauthProvider } from '@/domain/mailbox/oauth'

export type StoredSignIn = {
  provider: OauthProvider
  tokensEncrypted: string
  expiresAt: Date
  endedReason: string | null
}

/** The sign-in of a mailbox, its row locked: whoever refreshes its tokens is alone until the transaction ends. */
export const lockSignIn = (tx: Tx, mailboxId: string) =>
  queryOne<StoredSignIn>(tx)`
  SELECT provider, tokens_encrypted AS "tokensEncrypted", expires_at AS "expiresAt", ended_reason AS "endedReason"
  FROM mailbox_sign_ins WHERE mailbox_id = ${mailboxId}::uuid FOR UPDATE`

type Sealed = { mailboxId: string; tokensEncrypted: string; expiresAt: Date; at: Date }

/** Stores the tokens of a sign-in, in place of one before. */
export const putSignIn = (
  tx: Tx,
  { mailboxId, provider, tokensEncrypted, expiresAt, at }: Sealed & { provider: OauthProvider },
) =>
  execute(tx)`
  INSERT INTO mailbox_sign_ins (mailbox_id, provider, tokens_encrypted, expires_at, created_at, updated_at)
  VALUES (${mailboxId}::uuid, ${provider}, ${tokensEncrypted}, ${expiresAt}, ${at}, ${at})
  ON CONFLICT (mailbox_id) DO UPDATE
  SET provider = EXCLUDED.provider, tokens_encrypted = EXCLUDED.tokens_encrypted, expires_at = EXCLUDED.expires_at,
      ended_reason = NULL, updated_at = EXCLUDED.updated_at`

/** Stores refreshed tokens of a sign-in that has not ended. */
export const storeTokensIf = (tx: Tx, { mailboxId, tokensEncrypted, expiresAt, at }: Sealed) =>
  executeIf(tx)`
  UPDATE mailbox_sign_ins SET tokens_encrypted = ${tokensEncrypted}, expires_at = ${expiresAt}, updated_at = ${at}
  WHERE mailbox_id = ${mailboxId}::uuid AND ended_reason IS NULL`

/**
 * Ends a sign-in for a reason, once: mailbox and reader stop with it until a person signs in again. Rows are locked in the
 * order sign-in, mailbox, reader, so that nobody waits in a circle.
 */
export const endSignInIf = (tx: Tx, { mailboxId, reason, at }: { mailboxId: string; reason: string; at: Date }) =>
  executeIf(tx)`
  WITH ended AS (
    UPDATE mailbox_sign_ins SET ended_reason = ${reason}, updated_at = ${at}
    WHERE mailbox_id = ${mailboxId}::uuid AND ended_reason IS NULL RETURNING mailbox_id
  ), mailbox AS (
    UPDATE mailboxes SET health = 'stopped', health_reason = ${reason}, cool_down_until = NULL
    WHERE id IN (SELECT mailbox_id FROM ended) RETURNING id
  ), reader AS (
    UPDATE mailbox_readers SET health = 'stopped', health_reason = ${reason}, next_read_at = NULL
    WHERE mailbox_id IN (SELECT id FROM mailbox)
  )
  SELECT FROM ended`

/**
 * Calls the token of a sign-in used up, so that the next one who needs it gets a new one. False where it has none, or where this
 * one is younger than `refreshedBefore`: then it is not the token that is refused.
 */
export const expireTokenIf = (
  sql: Sql,
  { mailboxId, realNow, refreshedBefore }: { mailboxId: string; realNow: Date; refreshedBefore: Date },
) =>
  executeIf(sql)`
  UPDATE mailbox_sign_ins SET expires_at = ${realNow}
  WHERE mailbox_id = ${mailboxId}::uuid AND ended_reason IS NULL AND updated_at < ${refreshedBefore} AND expires_at > ${realNow}`

/** Forgets how a mailbox signed in: its password counts again. */
export const deleteSignIn = (tx: Tx, mailboxId: string) =>
  executeIf(tx)`DELETE FROM mailbox_sign_ins WHERE mailbox_id = ${mailboxId}::uuid`
