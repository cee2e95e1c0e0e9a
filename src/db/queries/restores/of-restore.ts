import { Prisma } from '@/db/generated/client'

/** Fragment: what was held at `heldAt` was so when the latest backup was restored, or became so by that. */
export const isOfRestore = (heldAt: Prisma.Sql) =>
  Prisma.sql`COALESCE(${heldAt} <= (SELECT max(restored_at) FROM restores), false)`
