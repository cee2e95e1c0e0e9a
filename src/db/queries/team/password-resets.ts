import { execute, queryOne, type Sql, type Tx } from '@/db/sql'

/**
 * Writes a link for a new password; null when the person is no member. It replaces former ones that were made to last no longer than
 * itself: what anybody can have emailed, for an hour, ends no link that was handed over for a day. The person's row is locked, so
 * that a removal leaves none.
 */
export const putPasswordReset = async (
  tx: Tx,
  { userId, tokenHash, at, expiresAt }: { userId: string; tokenHash: string; at: Date; expiresAt: Date },
) => {
  const member = await queryOne<{ name: string; email: string }>(tx)`
  SELECT name, email FROM users WHERE id = ${userId} AND removed_at IS NULL FOR NO KEY UPDATE`
  if (!member) return null
  await execute(tx)`
  DELETE FROM password_resets WHERE user_id = ${userId}
    AND (expires_at <= ${at} OR expires_at - created_at <= ${expiresAt}::timestamptz - ${at}::timestamptz)`
  await execute(tx)`
  INSERT INTO password_resets (token_hash, user_id, created_at, expires_at)
  VALUES (${tokenHash}, ${userId}, ${at}, ${expiresAt})`
  return member
}

/** Whose password a link may change, as long as it may. */
export const selectPasswordReset = (sql: Sql, { tokenHash, at }: { tokenHash: string; at: Date }) =>
  queryOne<{ userId: string; name: string; email: string }>(sql)`
  SELECT u.id AS "userId", u.name, u.email FROM password_resets r JOIN users u ON u.id = r.user_id
  WHERE r.token_hash = ${tokenHash} AND r.expires_at > ${at} AND u.removed_at IS NULL`

/**
 * Uses up a link; of several at once, one does. Other links of the person go with it. Their row is locked first, as by a removal,
 * so that neither waits for the other's links.
 */
export const takePasswordReset = (tx: Tx, { tokenHash, at }: { tokenHash: string; at: Date }) =>
  queryOne<{ userId: string }>(tx)`
  WITH person AS (
    SELECT u.id FROM users u JOIN password_resets r ON r.user_id = u.id
    WHERE r.token_hash = ${tokenHash} AND r.expires_at > ${at} AND u.removed_at IS NULL FOR NO KEY UPDATE OF u),
  taken AS (DELETE FROM password_resets r USING person p WHERE r.user_id = p.id RETURNING r.token_hash, r.user_id)
  SELECT user_id AS "userId" FROM taken WHERE token_hash = ${tokenHash}`

/** Writes another password in place of the present one. */
export const replacePassword = (tx: Tx, { userId, hash, at }: { userId: string; hash: string; at: Date }) =>
  execute(tx)`
  UPDATE accounts SET password = ${hash}, updated_at = ${at} WHERE user_id = ${userId} AND provider_id = 'credential'`

/** The member of an address, in whatever letters it is written. */
export const selectMemberByEmail = (sql: Sql, email: string) =>
  queryOne<{ id: string; name: string; email: string }>(sql)`
  SELECT id, name, email FROM users WHERE lower(email) = ${email} AND removed_at IS NULL`
