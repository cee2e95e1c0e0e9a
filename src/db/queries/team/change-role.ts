import { queryOne, type Tx } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type RoleMove = {
  userId: string
  from: Role
  to: Role
  by: string
  /** Roles whose holders may give and take both. */
  givers: readonly Role[]
  at: Date
}

/**
 * Gives a member another role, only if they still have the former one, whoever does it still may, and an owner is left. All
 * owners' rows are locked in one order, so that of two owners who demote each other one stays.
 */
export const changeRoleIf = (tx: Tx, { userId, from, to, by, givers, at }: RoleMove) =>
  queryOne<{ name: string }>(tx)`
  WITH owners AS (SELECT id FROM users WHERE role = 'owner' AND removed_at IS NULL ORDER BY id FOR UPDATE)
  UPDATE users u SET role = ${to}, updated_at = ${at}
  WHERE u.id = ${userId} AND u.role = ${from} AND u.removed_at IS NULL
    AND EXISTS (SELECT 1 FROM users b WHERE b.id = ${by} AND b.removed_at IS NULL AND b.role = ANY(${[...givers]}::text[]))
    AND (u.role <> 'owner' OR ${to} = 'owner' OR (SELECT count(*) FROM owners) > 1)
  RETURNING u.name`
