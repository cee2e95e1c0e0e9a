import { execute, type Tx } from '@/db/sql'

/** Held until the transaction ends: sample data is loaded by one at a time. */
export const lockSampleData = (tx: Tx) => execute(tx)`SELECT pg_advisory_xact_lock(hashtext('sample data'))::text`
