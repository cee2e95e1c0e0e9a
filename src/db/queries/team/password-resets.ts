import { execute, queryOne, type Sql, type Tx } from '@/db/sql'

/** Writes a link for a new password, in place of former ones of the person; null when they are no member. */
export const putPasswordReset = async (
  tx: Tx,
  { userId, tokenHash, at, expiresAt }: { userId: string; tokenHash: string; at: Date; expiresAt: Date },
) => {
  await execute(tx)`DELETE FROM password_resets WHERE user_id = ${userId}`
  return queryOne<{ name: string; email: string }>(tx)`
  WITH put AS (
    INSERT INTO password_resets (token_hash, user_id, created_at, expires_at)
    SELECT ${tokenHash}, id, ${at}::timestamptz, ${expiresAt}::timestamptz FROM users WHERE id = ${userId} AND removed_at IS NULL
    RETURNING user_id)
  SELECT name, email FROM users WHERE id = (SELECT user_id FROM put)`
}

/** Whose password a link may change, as long as it may. */
export const selectPasswordReset = (sql: Sql, { tokenHash, at }: { tokenHash: string; at: Date }) =>
  queryOne<{ userId: string; name: string; email: string }>(sql)`
  SELECT u.id AS "userId", u.name, u.email FROM password_resets r JOIN users u ON u.id = r.user_id
  WHERE r.token_hash = ${tokenHash} AND r.expires_at > ${at} AND u.removed_at IS NULL`

/** Uses up a link; of several at once, one does. Other links of the person go with it. */
export const takePasswordReset = (tx: Tx, { tokenHash, at }: { tokenHash: string; at: Date }) =>
  queryOne<{ userId: string }>(tx)`
  WITH taken AS (DELETE FROM password_resets WHERE token_hash = ${tokenHash} AND expires_at > ${at} RETURNING user_id)
  SELECT u.id AS "userId" FROM users u JOIN taken t ON t.user_id = u.id WHERE u.removed_at IS NULL FOR SHARE OF u`

/** Writes another password in place of the present one. */
export const replacePassword = (tx: Tx, { userId, hash, at }: { userId: string; hash: string; at: Date }) =>
  execute(tx)`
  UPDATE accounts SET password = ${hash}, updated_at = ${at} WHERE user_id = ${userId} AND provider_id = 'credential'`

/** The member of an address, in whatever letters it is written. */
export const selectMemberByEmail = (sql: Sql, email: string) =>
  queryOne<{ id: string; name: string; email: string }>(sql)`
  SELECT id, name, email FROM users WHERE lower(email) = ${email} AND removed_at IS NULL`
