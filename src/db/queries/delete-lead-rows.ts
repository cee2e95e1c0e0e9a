import { Prisma } from '../generated/client'

/** Deletes leads; what is planned for them and what was sent to them goes along. */
export const deleteLeadRows = (leadIds: readonly string[]) => Prisma.sql`
  DELETE FROM leads WHERE id = ANY(${leadIds}::uuid[]) RETURNING id`
