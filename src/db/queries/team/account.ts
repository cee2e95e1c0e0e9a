import { executeIf, queryOne, type Sql } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type AccountRow = {
  name: string
  email: string
  role: Role
  twoFactor: boolean
  /** When the password was set. */
  passwordAt: Date | null
}

/** A person's own account. */
export const selectAccount = (sql: Sql, userId: string) =>
  queryOne<AccountRow>(sql)`
  SELECT u.name, u.email, u.role, u.two_factor_enabled AS "twoFactor",
         (SELECT max(a.updated_at) FROM accounts a WHERE a.user_id = u.id) AS "passwordAt"
  FROM users u WHERE u.id = ${userId} AND u.removed_at IS NULL`

export const renameAccount = (sql: Sql, { userId, name, at }: { userId: string; name: string; at: Date }) =>
  executeIf(sql)`UPDATE users SET name = ${name}, updated_at = ${at} WHERE id = ${userId} AND removed_at IS NULL`
