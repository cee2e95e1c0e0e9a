import { execute, queryOne, type Sql, type Tx } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type OpenInvitation = { email: string; role: Role; inviter: string | null; expiresAt: Date }

/** The invitation of a link, as long as it can be accepted. */
export const selectOpenInvitation = (sql: Sql, { tokenHash, at }: { tokenHash: string; at: Date }) =>
  queryOne<OpenInvitation>(sql)`
  SELECT i.email, i.role, u.name AS inviter, i.expires_at AS "expiresAt"
  FROM invitations i LEFT JOIN users u ON u.id = i.invited_by
  WHERE i.token_hash = ${tokenHash} AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${at}`

export type Acceptance = {
  tokenHash: string
  role: Role
  /** Roles whose holders may give this one. */
  givers: readonly Role[]
  at: Date
}

/**
 * Accepts the invitation of a link, unless it was accepted, taken back or has expired, or whoever made it may not give its role any
 * more; of several at once, one does. The inviter's row is locked first: a removal that is under way is waited for.
 */
export const acceptInvitationIf = (tx: Tx, { tokenHash, role, givers, at }: Acceptance) =>
  queryOne<{ id: string; email: string; role: Role }>(tx)`
  WITH inviter AS (
    SELECT u.id FROM users u JOIN invitations i ON i.invited_by = u.id
    WHERE i.token_hash = ${tokenHash} AND u.removed_at IS NULL AND u.role = ANY(${[...givers]}::text[]) FOR SHARE OF u)
  UPDATE invitations i SET accepted_at = ${at} FROM inviter
  WHERE i.token_hash = ${tokenHash} AND i.invited_by = inviter.id AND i.role = ${role}
    AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > ${at}
  RETURNING i.id, i.email, i.role`

/**
 * Makes a member of the person at an address; who was one before becomes one again, under the same id. Null when they are one.
 */
export const putMemberIf = (
  tx: Tx,
  { id, name, email, role, at }: { id: string; name: string; email: string; role: Role; at: Date },
) =>
  queryOne<{ id: string }>(tx)`
  INSERT INTO users AS u (id, name, email, email_verified, role, created_at, updated_at)
  VALUES (${id}, ${name}, ${email}, true, ${role}, ${at}, ${at})
  ON CONFLICT (email) DO UPDATE SET name = EXCLUDED.name, role = EXCLUDED.role, removed_at = NULL, updated_at = EXCLUDED.updated_at
  WHERE u.removed_at IS NOT NULL
  RETURNING id`

/** Writes the only way in: the password's hash. */
export const putPassword = (tx: Tx, { id, userId, hash, at }: { id: string; userId: string; hash: string; at: Date }) =>
  execute(tx)`
  INSERT INTO accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
  VALUES (${id}, ${userId}, 'credential', ${userId}, ${hash}, ${at}, ${at})`
