import { queryOne, type Sql } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type NewInvitation = {
  email: string
  role: Role
  tokenHash: string
  by: string
  /** Roles whose holders may give all of `given`. */
  givers: readonly Role[]
  /** The roles that whoever invites may give: an open invitation to another one is not theirs to replace. */
  given: readonly Role[]
  at: Date
  expiresAt: Date
}

/**
 * Writes an invitation, in place of an open one to the same address, whose link is worth nothing then. Null when whoever invites
 * may not (any more), the address belongs to a member, or the open invitation is to a role that they may not give. The row of whoever invites is locked: a removal or another role that is
 * under way is waited for, and one that comes later finds this invitation, and takes it back.
 */
export const putInvitationIf = (
  sql: Sql,
  { email, role, tokenHash, by, givers, given, at, expiresAt }: NewInvitation,
) =>
  queryOne<{ id: string }>(sql)`
  INSERT INTO invitations AS i (email, role, token_hash, invited_by, created_at, expires_at)
  SELECT ${email}, ${role}, ${tokenHash}, u.id, ${at}::timestamptz, ${expiresAt}::timestamptz FROM users u
  WHERE u.id = ${by} AND u.removed_at IS NULL AND u.role = ANY(${[...givers]}::text[])
    AND NOT EXISTS (SELECT 1 FROM users m WHERE lower(m.email) = ${email} AND m.removed_at IS NULL)
  FOR SHARE OF u
  ON CONFLICT (email) WHERE accepted_at IS NULL AND revoked_at IS NULL DO UPDATE
  SET role = EXCLUDED.role, token_hash = EXCLUDED.token_hash, invited_by = EXCLUDED.invited_by,
      created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at
  WHERE i.role = ANY(${[...given]}::text[])
  RETURNING id`

/** What the open invitation to an address lets its person be; null without one. */
export const selectInvitedRole = (sql: Sql, email: string) =>
  queryOne<{ role: Role }>(sql)`
  SELECT role FROM invitations WHERE email = ${email} AND accepted_at IS NULL AND revoked_at IS NULL`
