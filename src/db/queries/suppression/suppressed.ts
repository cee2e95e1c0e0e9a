import { Prisma } from '@/db/generated/client'

/** Fragment: true when the email address in `column` or its domain is suppressed. Addresses are stored lower-cased. */
export const isSuppressed = (column: Prisma.Sql) => Prisma.sql`EXISTS (
  SELECT 1 FROM suppressions s
  WHERE (s.kind = 'address' AND s.value = ${column})
     OR (s.kind = 'domain' AND s.value = split_part(${column}, '@', 2)))`
