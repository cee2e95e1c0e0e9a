import { Prisma } from '../generated/client'

/** Keeps others from planning mail for these leads until the transaction ends. */
export const lockLeadRows = (leadIds: readonly string[]) => Prisma.sql`
  SELECT id FROM leads WHERE id = ANY(${leadIds}::uuid[]) ORDER BY id FOR UPDATE`

/** Deletes leads; what is planned for them and what was sent to them goes along. */
export const deleteLeadRows = (leadIds: readonly string[]) => Prisma.sql`
  DELETE FROM leads WHERE id = ANY(${leadIds}::uuid[]) RETURNING id`
