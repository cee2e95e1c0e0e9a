import { execute, queryOne, type Tx } from '@/db/sql'

/** Ends the second factor of a member; null when they have none. */
export const endTwoFactorIf = async (tx: Tx, { userId, at }: { userId: string; at: Date }) => {
  await execute(tx)`DELETE FROM two_factors WHERE user_id = ${userId}`
  return queryOne<{ name: string }>(tx)`
  UPDATE users SET two_factor_enabled = false, updated_at = ${at}
  WHERE id = ${userId} AND two_factor_enabled AND removed_at IS NULL RETURNING name`
}
