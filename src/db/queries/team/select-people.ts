import { Prisma } from '@/db/generated/client'
import { contains } from '@/db/literal-pattern'
import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

export type PersonRow = {
  id: string
  name: string
  email: string
  role: Role
  since: Date
  twoFactor: boolean
  /** When a session of theirs was last renewed, which happens once a day at most; null without any. */
  seenAt: Date | null
}

/** Everybody who is a member, the first one first. */
export const selectPeople = (sql: Sql) =>
  query<PersonRow>(sql)`
  SELECT u.id, u.name, u.email, u.role, u.created_at AS since, u.two_factor_enabled AS "twoFactor",
         (SELECT max(s.updated_at) FROM sessions s WHERE s.user_id = u.id) AS "seenAt"
  FROM users u WHERE u.removed_at IS NULL ORDER BY u.created_at, u.id`

/** Members who bear the words in their name or address, by name. */
export const selectPeopleBearing = (sql: Sql, { search, limit }: { search: string; limit: number }) =>
  query<{ id: string; name: string; email: string }>(sql)`
  SELECT id, name, email FROM users
  WHERE removed_at IS NULL AND (${contains(Prisma.sql`name`, search)} OR ${contains(Prisma.sql`email`, search)})
  ORDER BY lower(name), id LIMIT ${limit}`

/** A member; null for anybody else. */
export const selectPerson = (sql: Sql, userId: string) =>
  queryOne<{ name: string; email: string; role: Role }>(sql)`
  SELECT name, email, role FROM users WHERE id = ${userId} AND removed_at IS NULL`

export type OwnerRow = { id: string; name: string; email: string; twoFactor: boolean }

export const selectOwners = (sql: Sql) =>
  query<OwnerRow>(sql)`
  SELECT id, name, lower(email) AS email, two_factor_enabled AS "twoFactor" FROM users
  WHERE role = 'owner' AND removed_at IS NULL ORDER BY created_at, id`

export const countOwners = (sql: Sql) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM users WHERE role = 'owner' AND removed_at IS NULL`

export type InvitationRow = {
  id: string
  email: string
  role: Role
  invitedBy: string | null
  createdAt: Date
  expiresAt: Date
}

/** Invitations that were neither accepted nor taken back, the latest first; those that have expired are among them. */
export const selectInvitations = (sql: Sql) =>
  query<InvitationRow>(sql)`
  SELECT i.id, i.email, i.role, u.name AS "invitedBy", i.created_at AS "createdAt", i.expires_at AS "expiresAt"
  FROM invitations i LEFT JOIN users u ON u.id = i.invited_by
  WHERE i.accepted_at IS NULL AND i.revoked_at IS NULL ORDER BY i.created_at DESC, i.id DESC`
