import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type Revocation = {
  id: string
  by: string
  /** Roles whose holders may give all of `given`. */
  givers: readonly Role[]
  /** The roles that whoever takes it back may give: an invitation to another one is not theirs to end. */
  given: readonly Role[]
  at: Date
}

/** Takes an invitation back that nobody has accepted, and that is theirs to take back; null when there is none. */
export const revokeInvitationIf = (sql: Sql, { id, by, givers, given, at }: Revocation) =>
  queryOne<{ email: string }>(sql)`
  UPDATE invitations i SET revoked_at = ${at} FROM users u
  WHERE i.id = ${id}::uuid AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.role = ANY(${[...given]}::text[])
    AND u.id = ${by} AND u.removed_at IS NULL AND u.role = ANY(${[...givers]}::text[])
  RETURNING i.email`

/** What an invitation is to, as long as nobody has accepted it or taken it back. */
export const selectInvitation = (sql: Sql, id: string) =>
  queryOne<{ role: Role }>(sql)`
  SELECT role FROM invitations WHERE id = ${id}::uuid AND accepted_at IS NULL AND revoked_at IS NULL`

/** Takes back all open invitations that a person made. */
export const revokeInvitationsOf = (tx: Tx, { userId, at }: { userId: string; at: Date }) =>
  execute(tx)`
  UPDATE invitations SET revoked_at = ${at}
  WHERE invited_by = ${userId} AND accepted_at IS NULL AND revoked_at IS NULL`
