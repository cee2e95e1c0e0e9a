import { execute, queryOne, type Sql, type Tx } from '@/db/sql'

/** Takes an invitation back that nobody has accepted; null when there is none. */
export const revokeInvitationIf = (sql: Sql, { id, at }: { id: string; at: Date }) =>
  queryOne<{ email: string }>(sql)`
  UPDATE invitations SET revoked_at = ${at}
  WHERE id = ${id}::uuid AND accepted_at IS NULL AND revoked_at IS NULL RETURNING email`

/** Takes back all open invitations that a person made. */
export const revokeInvitationsOf = (tx: Tx, { userId, at }: { userId: string; at: Date }) =>
  execute(tx)`
  UPDATE invitations SET revoked_at = ${at}
  WHERE invited_by = ${userId} AND accepted_at IS NULL AND revoked_at IS NULL`
