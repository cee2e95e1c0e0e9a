import { Prisma } from '../generated/client'

/** Held until the transaction ends: sample data is loaded by one at a time. */
export const lockSampleData = Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('sample data'))::text`
