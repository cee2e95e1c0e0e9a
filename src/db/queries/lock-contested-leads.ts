import { Prisma } from '../generated/client'

/** Locks leads that several campaigns want to mail, until the transaction ends; answers those it got. */
export const lockContestedLeads = (leadIds: readonly string[]) => Prisma.sql`
  SELECT id FROM unnest(${[...leadIds]}::uuid[]) AS wanted(id)
  WHERE pg_try_advisory_xact_lock(hashtextextended(id::text, 7263401))`
