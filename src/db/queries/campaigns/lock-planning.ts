import { execute, type Tx } from '@/db/sql'

// Any constant does, as long as it is no other's seed.
const PLANNING = 7_263_402

/**
 * Lets one transaction at a time plan email from each of these mailboxes: what the first has planned is committed, and so
 * counted, before the next reads how much room is left. Held until the transaction ends. Taken before every other lock of
 * a plan, in the order of ids, and by plans alone: whoever waits here holds nothing that anybody could wait for.
 */
export const lockPlanning = (tx: Tx, mailboxIds: readonly string[]) =>
  execute(tx)`
  SELECT pg_advisory_xact_lock(hashtextextended(id::text, ${PLANNING}))::text
  FROM (SELECT DISTINCT id FROM unnest(${[...mailboxIds]}::uuid[]) AS mailbox(id) ORDER BY id OFFSET 0) mailbox`
