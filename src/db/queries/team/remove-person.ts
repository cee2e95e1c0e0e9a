import { execute, queryOne, type Tx } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type Removal = {
  userId: string
  role: Role
  by: string
  /** Roles whose holders may take this one. */
  givers: readonly Role[]
  at: Date
}

/**
 * Ends a membership, only if the person still has this role, whoever does it still may, and an owner is left. Their row stays:
 * what they did keeps its name.
 */
export const removePersonIf = (tx: Tx, { userId, role, by, givers, at }: Removal) =>
  queryOne<{ name: string }>(tx)`
  WITH owners AS (SELECT id FROM users WHERE role = 'owner' AND removed_at IS NULL ORDER BY id FOR UPDATE)
  UPDATE users u SET removed_at = ${at}, two_factor_enabled = false, updated_at = ${at}
  WHERE u.id = ${userId} AND u.role = ${role} AND u.removed_at IS NULL
    AND EXISTS (SELECT 1 FROM users b WHERE b.id = ${by} AND b.removed_at IS NULL AND b.role = ANY(${[...givers]}::text[]))
    AND (u.role <> 'owner' OR (SELECT count(*) FROM owners) > 1)
  RETURNING u.name`

/** Ends all sessions of a person. A statement of its own: one that began before the row was locked would not see the latest. */
export const deleteSessionsOf = (tx: Tx, userId: string) => execute(tx)`DELETE FROM sessions WHERE user_id = ${userId}`

/** Takes away a person's ways in, links for a new password included, and the second factor that belongs to them. */
export const deleteWaysIn = async (tx: Tx, userId: string): Promise<void> => {
  await execute(tx)`DELETE FROM accounts WHERE user_id = ${userId}`
  await execute(tx)`DELETE FROM two_factors WHERE user_id = ${userId}`
  await execute(tx)`DELETE FROM password_resets WHERE user_id = ${userId}`
}
