import { Prisma } from '../generated/client'

/** Which of these lower-cased addresses are leads. */
export const selectLeadsByEmail = (emails: readonly string[]) => Prisma.sql`
  SELECT id, lower(email) AS email FROM leads WHERE lower(email) = ANY(${emails}::text[])`
