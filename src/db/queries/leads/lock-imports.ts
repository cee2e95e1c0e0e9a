import { execute, type Tx } from '@/db/sql'

// Any constant does, as long as nothing else in this database locks it.
const IMPORT_LOCK = 7_263_401_956

/**
 * Lock of imports, held until the transaction ends: two that insert the same addresses in a different order would wait
 * for each other, and PostgreSQL would end one of them.
 */
export const lockImports = (tx: Tx) => execute(tx)`SELECT pg_advisory_xact_lock(${IMPORT_LOCK}::bigint)::text`
