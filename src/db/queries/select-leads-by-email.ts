import { Prisma } from '../generated/client'

/** Which of these lower-cased addresses are leads. */
export const selectLeadsByEmail = (emails: readonly string[]) => Prisma.sql`
  SELECT id, email FROM leads WHERE email = ANY(${emails}::text[])`
