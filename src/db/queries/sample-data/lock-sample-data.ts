import { execute, type Tx } from '@/db/sql'

/** Lock of sample data, held until the transaction ends: it is loaded once at a time. */
export const lockSampleData = (tx: Tx) => execute(tx)`SELECT pg_advisory_xact_lock(hashtext('sample data'))::text`
