import { Prisma } from '../generated/client'

/** Gives leads a status; answers those that exist. */
export const setLeadStatus = ({
  leadIds,
  status,
  at,
}: {
  leadIds: readonly string[]
  status: string
  at: Date
}) => Prisma.sql`
  UPDATE leads l SET status = ${status}, updated_at = ${at}
  FROM (SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE) locked
  WHERE l.id = locked.id
  RETURNING l.id`
