import { Prisma } from '@/db/generated/client'

/**
 * Fragment: true when an address or its domain is suppressed, an address that was erased included. Each part is one look into
 * an index.
 */
export const isSuppressedAddress = ({ email, hash }: { email: Prisma.Sql; hash: Prisma.Sql }) => Prisma.sql`EXISTS (
  SELECT 1 FROM suppressions s
  WHERE (s.kind = 'address' AND (s.value = ${email} OR s.value_hash = ${hash}))
     OR (s.kind = 'domain' AND s.value = split_part(${email}, '@', 2)))`

/** Fragment: true when the lead `l` is suppressed. */
export const isSuppressed = isSuppressedAddress({ email: Prisma.sql`l.email`, hash: Prisma.sql`l.email_hash` })

/**
 * Fragment: the same for statements that look at the leads of whole batches. Each part stands alone, so that the server may
 * read the list once instead of asking for every lead.
 */
export const isSuppressedOfMany = Prisma.sql`(
  EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'address' AND s.value = l.email)
  OR EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'address' AND s.value_hash = l.email_hash)
  OR EXISTS (SELECT 1 FROM suppressions s WHERE s.kind = 'domain' AND s.value = split_part(l.email, '@', 2)))`
