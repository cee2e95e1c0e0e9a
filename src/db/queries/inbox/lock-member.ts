import { queryOne, type Tx } from '@/db/sql'
import type { Role } from '@/domain/team/roles'

/** A member, who cannot leave the team before the transaction ends; null where there is none. */
export const lockMember = (tx: Tx, userId: string) =>
  queryOne<{ name: string; role: Role }>(tx)`
  SELECT name, role FROM users WHERE id = ${userId} AND removed_at IS NULL FOR SHARE`
