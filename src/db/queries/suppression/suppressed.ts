import { Prisma } from '@/db/generated/client'

/**
 * Fragment: true when the address of the lead `l` or its domain is suppressed, an address that was erased included. Each
 * part is one look into an index.
 */
export const isSuppressed = Prisma.sql`EXISTS (
  SELECT 1 FROM suppressions s
  WHERE (s.kind = 'address' AND (s.value = l.email OR s.value_hash = l.email_hash))
     OR (s.kind = 'domain' AND s.value = split_part(l.email, '@', 2)))`
